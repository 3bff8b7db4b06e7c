"""Files as earlier footholds wrote them, layout by layout."""

import sqlite3
from pathlib import Path

#: What the first layout's foothold wrote: ada was sent an issue, and ben's digest is prepared.
LAYOUT_1 = """
CREATE TABLE schema_version (version INTEGER NOT NULL, PRIMARY KEY (version));
CREATE TABLE digests (
    week VARCHAR(8) NOT NULL, login VARCHAR(64) NOT NULL, digest TEXT NOT NULL,
    channel VARCHAR(16) NOT NULL, state VARCHAR(16) NOT NULL, delivered_at DATETIME,
    CONSTRAINT one_digest_a_week PRIMARY KEY (week, login),
    CONSTRAINT login_is_folded CHECK (login = lower(login)),
    CONSTRAINT delivered_has_a_time CHECK ((state = 'prepared' AND delivered_at IS NULL)
        OR (state = 'delivered' AND delivered_at IS NOT NULL)));
CREATE TABLE picks (
    week VARCHAR(8) NOT NULL, login VARCHAR(64) NOT NULL, position INTEGER NOT NULL,
    spare BOOLEAN NOT NULL, repository VARCHAR(255) NOT NULL,
    repository_folded VARCHAR(255) NOT NULL, number INTEGER NOT NULL, node_id VARCHAR(255),
    CONSTRAINT one_pick_a_position PRIMARY KEY (week, login, position),
    CONSTRAINT once_in_a_life UNIQUE (login, repository_folded, number),
    CONSTRAINT once_in_a_life_by_id UNIQUE (login, node_id),
    CONSTRAINT one_student_a_week UNIQUE (week, repository_folded, number),
    CONSTRAINT one_student_a_week_by_id UNIQUE (week, node_id),
    CONSTRAINT pick_of_a_digest FOREIGN KEY(week, login)
        REFERENCES digests (week, login) ON DELETE CASCADE);
CREATE TABLE deliveries (
    week VARCHAR(8) NOT NULL, login VARCHAR(64) NOT NULL, channel VARCHAR(16) NOT NULL,
    intent_at DATETIME, delivered_at DATETIME, place TEXT,
    CONSTRAINT one_delivery_a_channel PRIMARY KEY (week, login, channel),
    CONSTRAINT begun_or_done CHECK (intent_at IS NOT NULL OR delivered_at IS NOT NULL),
    CONSTRAINT done_has_a_place CHECK ((delivered_at IS NULL) = (place IS NULL)),
    CONSTRAINT delivery_of_a_digest FOREIGN KEY(week, login) REFERENCES digests (week, login));
INSERT INTO schema_version VALUES (1);
INSERT INTO digests VALUES ('2026-W47', 'ada-example', '{}', 'issue', 'delivered',
    '2026-11-22 05:30:15.000000');
INSERT INTO digests VALUES ('2026-W47', 'ben-example', '{}', 'issue', 'prepared', NULL);
INSERT INTO picks VALUES ('2026-W47', 'ada-example', 0, 0, 'lumen-lab/atlas', 'lumen-lab/atlas',
    1, 'I_1');
INSERT INTO picks VALUES ('2026-W47', 'ben-example', 0, 0, 'lumen-lab/atlas', 'lumen-lab/atlas',
    2, NULL);
INSERT INTO deliveries VALUES ('2026-W47', 'ada-example', 'issue', NULL,
    '2026-11-22 05:30:15.000000', 'https://example.org/1');
"""

#: What the second had beyond it: the harvest's tables.
LAYOUT_2 = """
CREATE TABLE harvested_repositories (
    id TEXT NOT NULL, name TEXT NOT NULL, language TEXT, facts TEXT, read_at TEXT,
    PRIMARY KEY (id));
CREATE TABLE harvested_issues (
    id TEXT NOT NULL, repository_id TEXT NOT NULL, number BIGINT NOT NULL, title TEXT NOT NULL,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL, seen_at TEXT NOT NULL,
    labels TEXT NOT NULL, author TEXT, association TEXT NOT NULL, is_locked BOOLEAN NOT NULL,
    is_pinned BOOLEAN NOT NULL, details TEXT, PRIMARY KEY (id));
CREATE TABLE harvest_progress (
    search TEXT NOT NULL, read_at TEXT, looked_at TEXT, unfinished TEXT NOT NULL,
    n_found BIGINT NOT NULL, PRIMARY KEY (search));
CREATE TABLE harvest_costs (
    week VARCHAR(8) NOT NULL, points BIGINT NOT NULL, PRIMARY KEY (week));
INSERT INTO harvest_costs VALUES ('2026-W47', 41);
UPDATE schema_version SET version = 2;
"""

#: What the third had beyond that: ben's digest is in doubt, and chiyo wants none.
LAYOUT_3 = """
ALTER TABLE deliveries ADD COLUMN setback VARCHAR(16);
ALTER TABLE deliveries ADD COLUMN n_deferrals INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE deliveries ADD COLUMN target TEXT DEFAULT '' NOT NULL;
CREATE TABLE stops (
    login VARCHAR(64) NOT NULL, at DATETIME NOT NULL, until DATE, PRIMARY KEY (login));
CREATE TABLE consents (
    login VARCHAR(64) NOT NULL, address VARCHAR(64) NOT NULL, text TEXT NOT NULL,
    asked_at DATETIME, mailed_at DATETIME, confirmed_at DATETIME, refused_at DATETIME,
    n_deferrals INTEGER NOT NULL,
    CONSTRAINT one_consent_an_address PRIMARY KEY (login, address));
CREATE TABLE codes (
    login VARCHAR(64) NOT NULL, code VARCHAR(64) NOT NULL, PRIMARY KEY (login));
CREATE TABLE posters (login VARCHAR(64) NOT NULL, PRIMARY KEY (login));
INSERT INTO deliveries VALUES ('2026-W47', 'ben-example', 'email',
    '2026-11-22 05:30:15.000000', NULL, NULL, 'deferred', 2, 'f00d');
INSERT INTO stops VALUES ('chiyo-example', '2026-11-22 05:30:15.000000', NULL);
INSERT INTO consents VALUES ('chiyo-example', 'f00d', 'Mail me.', '2026-11-22 05:30:15.000000',
    NULL, NULL, NULL, 1);
INSERT INTO codes VALUES ('chiyo-example', 'ONE');
INSERT INTO posters VALUES ('club-bot');
UPDATE schema_version SET version = 3;
"""

LAYOUTS = (LAYOUT_1, LAYOUT_2, LAYOUT_3)


def write_layout(file: Path, n: int) -> None:
    """Make a file of the layout `n`."""
    connection = sqlite3.connect(file)
    for layout in LAYOUTS[:n]:
        connection.executescript(layout)
    connection.close()


def layout_of(file: Path) -> list[tuple[int]]:
    connection = sqlite3.connect(file)
    found = connection.execute("SELECT version FROM schema_version").fetchall()
    connection.close()
    return found


def tables_of(file: Path) -> set[str]:
    connection = sqlite3.connect(file)
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    return found


def execute(file: Path, *statements: str) -> None:
    with sqlite3.connect(file) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
