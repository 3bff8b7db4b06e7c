"""How often the main language of listed repositories is guessed right."""

from pathlib import Path

import pytest

from bot.sandbox.listings import PREFERENCE, SUPPORTING, guess_main_language
from bot.sandbox.loading import load_world

SHARED = Path(__file__).parents[2].parent / "shared"

#: Well-known repositories of the listings by what GitHub calls their main language.
KNOWN = {
    "C": """
        libuv/libuv openwall/john RT-Thread/rt-thread swaywm/sway zephyrproject-rtos/zephyr
    """,
    "C#": """
        btcpayserver/btcpayserver dotnet/aspnetcore dotnet/BenchmarkDotNet dotnet/efcore
        jellyfin/jellyfin OrchardCMS/OrchardCore Ryujinx/Ryujinx
    """,
    "C++": """
        apple/swift bitcoin/bitcoin carbon-language/carbon-lang flameshot-org/flameshot
        FreeCAD/FreeCAD luanti-org/luanti microsoft/STL ml-explore/mlx OpenRCT2/OpenRCT2
        organicmaps/organicmaps PointCloudLibrary/pcl project-chip/connectedhomeip
        TheAlgorithms/C-Plus-Plus transmission/transmission VowpalWabbit/vowpal_wabbit
        WasmEdge/WasmEdge zeek/zeek
    """,
    "Clojure": """
        logseq/logseq penpot/penpot
    """,
    "Cython": """
        cython/cython
    """,
    "Dart": """
        dart-lang/sdk ente-io/ente firebase/flutterfire localsend/localsend
    """,
    "Go": """
        cockroachdb/cockroach coder/coder containerd/nerdctl containers/podman derailed/k9s
        ethereum/go-ethereum gofr-dev/gofr google/gvisor google/osv-scanner
        GoogleContainerTools/skaffold istio/istio jaegertracing/jaeger juanfont/headscale
        kubernetes-sigs/kind kubevela/kubevela linkerd/linkerd2 open-policy-agent/opa
        stretchr/testify syncthing/syncthing tektoncd/pipeline velero-io/velero
    """,
    "Java": """
        apache/beam apache/doris apache/shardingsphere apolloconfig/apollo bazelbuild/bazel
        dbeaver/dbeaver grpc/grpc-java halo-dev/halo logisim-evolution/logisim-evolution
        Netflix/conductor opensearch-project/OpenSearch PaperMC/Paper trinodb/trino
    """,
    "JavaScript": """
        beautify-web/js-beautify facebook/react highlightjs/highlight.js louislam/uptime-kuma
        lovell/sharp MetaMask/metamask-extension nodejs/node pinojs/pino prettier/prettier
        serverless/serverless strapi/strapi stylelint/stylelint sveltejs/svelte
        swagger-api/swagger-ui ToolJet/ToolJet usebruno/bruno WordPress/gutenberg
    """,
    "Kotlin": """
        android/nowinandroid bitwarden/android detekt/detekt
    """,
    "PHP": """
        FreshRSS/FreshRSS PrestaShop/PrestaShop symfony/symfony wallabag/wallabag
    """,
    "Python": """
        apache/airflow bloomberg/memray certbot/certbot commaai/openpilot
        cookiecutter/cookiecutter-django dask/dask encode/starlette falconry/falcon
        huggingface/diffusers internetarchive/openlibrary Lightning-AI/pytorch-lightning
        matrix-org/synapse microsoft/autogen mlflow/mlflow openedx/edx-platform
        PaddlePaddle/PaddleOCR pandas-dev/pandas plotly/dash pydantic/pydantic Qiskit/qiskit
        scikit-learn/scikit-learn sktime/sktime sympy/sympy ultralytics/ultralytics
        vllm-project/vllm yt-dlp/yt-dlp
    """,
    "Ruby": """
        github/linguist rails/rails
    """,
    "Rust": """
        apache/datafusion bevyengine/bevy casey/just firecracker-microvm/firecracker
        foundry-rs/foundry gleam-lang/gleam nushell/nushell orhun/git-cliff PRQL/prql PyO3/pyo3
        quickwit-oss/quickwit rolldown/rolldown rome/tools rust-lang/rust-clippy rustdesk/rustdesk
        surrealdb/surrealdb sxyazi/yazi tauri-apps/tauri tursodatabase/turso
    """,
    "Scala": """
        delta-io/delta
    """,
    "Swift": """
        apple/container apple/swift-nio vapor/vapor
    """,
    "TypeScript": """
        angular/angular-cli angular/components Automattic/wp-calypso aws/aws-cdk cline/cline
        cypress-io/cypress eclipse-che/che elastic/kibana electron-userland/electron-builder
        excalidraw/excalidraw facebook/lexical faker-js/faker FlowiseAI/Flowise
        google-gemini/gemini-cli google/blockly immich-app/immich maplibre/maplibre-gl-js
        mattermost/mattermost microsoft/vscode NG-ZORRO/ng-zorro-antd ngrx/platform reworkd/AgentGPT
        SBoudrias/Inquirer.js tradingview/lightweight-charts type-challenges/type-challenges
        vector-im/element-web vuetifyjs/vuetify vueuse/vueuse webpro-nl/knip
    """,
    "Zig": """
        tigerbeetle/tigerbeetle
    """,
}


@pytest.mark.parametrize(
    ("languages", "main"),
    [
        (["JavaScript", "HTML", "Go"], "Go"),
        (["Dockerfile", "Makefile", "Python"], "Python"),
        (["Python", "CMake", "C", "C++"], "C++"),
        (["JavaScript", "TypeScript"], "TypeScript"),
        (["CSS", "JavaScript", "Shell", "Ruby"], "Ruby"),
        (["Nim", "Shell"], "Nim"),
        (["Nim", "Crystal"], "Crystal"),
        (["Dockerfile", "Shell"], "Shell"),
        (["CSS", "HTML"], "HTML"),
        ([], None),
    ],
)
def test_the_language_that_is_least_a_companion_is_the_main_one(languages, main):
    assert guess_main_language(languages) == main
    assert guess_main_language(set(languages)) == main


def test_no_language_is_both_preferred_and_supporting():
    assert len({*PREFERENCE, *SUPPORTING}) == len(PREFERENCE) + len(SUPPORTING)


@pytest.mark.shared
def test_three_of_four_known_main_languages_are_guessed():
    path = SHARED / "data" / "newcomer_issues.jsonl.gz"
    if not path.exists():
        pytest.skip("the listings do not lie beside the project")
    world = load_world(path)
    pairs = [(name, main) for main, names in KNOWN.items() for name in names.split()]
    hits = sum(world.repository(name).language == main for name, main in pairs)
    assert (hits, len(pairs)) == (130, 175)
