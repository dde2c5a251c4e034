#!/bin/sh
# Gap against time of `plan solve` on instance files, each plan judged by `plan check`.
#
#   tests/bench/planner.sh target/release/jemputbola FOLDER [time|steps]
#
# FOLDER holds S-1.json.gz, M-2.json.gz, XL-1.json.gz, …; the letters choose the time limits. `time` (the default) stops at
# the limit, on whatever the machine can spare. `steps` gives the search the steps of that limit and all the time it
# wants: the same plans on every machine, also on one that is busy; processor seconds then tell what the search needs.
set -eu
program=$1 folder=$2 kind=${3:-time}
plan=$(mktemp)
trap 'rm -f "$plan"' EXIT

number() { grep -o "\"$1\":[-0-9.e]*" "$plan" | tail -1 | cut -d: -f2; }

echo "instance  limit   gap %     objective  passes   moves  processor s  wall s  stopped by"
for file in "$folder"/*.json.gz; do
    name=$(basename "$file" .json.gz)
    case $name in
        S-*) limits="1" ;;
        M-*) limits="0.5 2" ;;
        L-*) limits="5 10" ;;
        XL-*) limits="20 40" ;;
        *) continue ;;
    esac
    for limit in $limits; do
        "$program" plan solve "$file" --time-limit "${limit}s" -o "$plan" 2>/dev/null
        if [ "$kind" = steps ]; then
            "$program" plan solve "$file" --steps "$(number steps)" -o "$plan" 2>/dev/null
        fi
        "$program" plan check "$file" "$plan" >/dev/null
        stopped=$(grep -o '"stopped_by":"[a-z]*"' "$plan" | cut -d'"' -f4)
        printf '%-8s %5s s  %.4f  %11s %7s %7s  %11s  %6.2f  %s\n' "$name" "$limit" \
            "$(awk "BEGIN { print 100 * $(number gap) }")" "$(number objective)" "$(number passes)" "$(number moves)" \
            "$(number cpu_seconds)" "$(number wall_seconds)" "$stopped"
    done
done
