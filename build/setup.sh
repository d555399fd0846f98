# What ./campuscare and build/test.sh share; source this file. CAMPUSCARE_HOME is the working copy.

artifacts=$CAMPUSCARE_HOME/artifacts

need() {
  command -v "$1" >/dev/null || {
    echo "campuscare: $1 is missing. Install $2." >&2
    exit 69
  }
}

# quietly NAME COMMAND…: runs it, and shows its output only when it fails.
quietly() {
  local log=$artifacts/log/$1.log
  shift
  mkdir -p "$artifacts/log"
  "$@" >"$log" 2>&1 || {
    cat "$log" >&2
    return 1
  }
}

# changed STAMP PATH…: true when something under the paths is newer than the stamp.
changed() {
  local stamp=$1
  shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -name node_modules -prune -o -newer "$stamp" -print -quit)" ]
}

# The web pages, into src/Gateway/wwwroot.
build_web() {
  local web=$CAMPUSCARE_HOME/src/Web
  need npm "Node.js 20 or later"
  if [ ! -d "$web/node_modules" ] || changed "$artifacts/npm.stamp" "$web/package-lock.json"; then
    echo "installing the web packages" >&2
    quietly npm-ci npm --prefix "$web" ci --no-audit --no-fund
    touch "$artifacts/npm.stamp"
  fi
  if [ ! -d "$CAMPUSCARE_HOME/src/Gateway/wwwroot" ] || changed "$artifacts/web.stamp" "$web"; then
    echo "building the web pages" >&2
    quietly npm-build npm --prefix "$web" run build
    touch "$artifacts/web.stamp"
  fi
}

# The program behind the commands, for the engine that the first build finds.
build_program() {
  need dotnet ".NET SDK 10"
  if [ ! -e "$artifacts/engine.props" ] || [ ! -e "$(program)" ] ||
    changed "$artifacts/program-$(engine).stamp" "$CAMPUSCARE_HOME"/{src,tests/ClientKit,tests/PeakHour,tests/PathBenchmark,tests/ConnectionBenchmark,tests/Simulation,artifacts/engine.props} "$CAMPUSCARE_HOME"/Directory.*; then
    echo "building (the first time takes a minute)" >&2
    quietly build dotnet build "$CAMPUSCARE_HOME/src/Cli" -c Release --nologo
    touch "$artifacts/program-$(engine).stamp"
  fi
}

# Where the built program lies.
program() {
  echo "$artifacts/$(engine)/bin/CampusCare.Cli/release/CampusCare.Cli.dll"
}

# The engine that the last build found, in lower case.
engine() {
  local found
  found=$(sed -n 's:.*<GrainEngine[^>]*>\([A-Za-z]*\)</GrainEngine>.*:\1:p' "$artifacts/engine.props" 2>/dev/null | head -n 1)
  found=${GrainEngine:-${found:-Embedded}}
  echo "${found,,}"
}
