"""Twenty students whom we made up, as varied as a club's: what each would write into their file.

Comes in: nothing. Goes out: subscriptions by name. Precision is judged for them by eye.
"""

from typing import Any

from bot.subscriptions.student import Subscription

_KEYS: dict[str, dict[str, Any]] = {
    "stargazer": {"languages": ["Python"], "interests": ["astronomy"]},
    "ml-curious": {"languages": ["Python"], "interests": ["ml", "nlp"]},
    "gopher": {"languages": ["Go"], "interests": ["kubernetes", "devops"]},
    "go-by-interest": {"interests": ["Go"]},
    "statistician": {"languages": ["R"], "interests": ["statistics", "data visualization"]},
    "systems": {"languages": ["C", "C++"], "interests": ["operating systems", "embedded"]},
    "game-maker": {"languages": ["C#", "C++"], "interests": ["game development"]},
    "mapper": {"languages": ["Java", "Python"], "interests": ["mapas", "openstreetmap"]},
    "cartographer-no-language": {"interests": ["maps", "gis"]},
    "salud": {"languages": ["Python", "JavaScript"], "interests": ["salud pública"]},
    "accessible-web": {"languages": ["JavaScript", "TypeScript"], "interests": ["accessibility"]},
    "frontender": {
        "languages": ["TypeScript", "CSS"],
        "interests": ["react", "design systems"],
        "kinds": ["code", "design"],
    },
    "rustacean": {"languages": ["Rust"], "interests": ["command line", "terminal"]},
    "writer": {
        "languages": ["Python"],
        "interests": ["documentation", "education"],
        "kinds": ["docs"],
        "level": "first-timer",
    },
    "bioinformatician": {"languages": ["Python", "R"], "interests": ["bioinformatics", "genomics"]},
    "security": {"languages": ["Python", "Go"], "interests": ["security", "cryptography"]},
    "musician": {"languages": ["C++", "Python"], "interests": ["music", "audio"]},
    "climate": {"languages": ["Python", "Julia"], "interests": ["climate", "energy"]},
    "php-only": {"languages": ["PHP"]},
    "robotics": {"languages": ["C++", "Python"], "interests": ["robótica", "ros"]},
}

PROFILES = {
    name: Subscription.model_validate({"login": f"{name}-example", **keys})
    for name, keys in _KEYS.items()
}
