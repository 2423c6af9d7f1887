# Reads tests/permitted_skips.txt, ctest's JUnit file and GoogleTest's XML files (one a suite, named after it), in this order;
# prints seconds per suite, failures, skips with their reasons, and the totals, which count GoogleTest cases.
# Exit 1 when something failed, skipped without permission, or when no test ran.
# Variable: binaries, the names of the GoogleTest binaries between spaces.

function unescape(text) {
  gsub(/&#x0A;|&#x0a;/, " ", text)
  gsub(/&lt;/, "<", text)
  gsub(/&gt;/, ">", text)
  gsub(/&quot;/, "\"", text)
  gsub(/&apos;/, "'", text)
  gsub(/&amp;/, "\\&", text)
  return text
}

function attribute(line, name,    start, rest) {
  start = index(line, " " name "=\"")
  if (start == 0) return ""
  rest = substr(line, start + length(name) + 3)
  return unescape(substr(rest, 1, index(rest, "\"") - 1))
}

# A pattern in which * stands for anything, as a regular expression.
function expression(pattern) {
  gsub(/[][\\.^$+?(){}|]/, "\\\\&", pattern)
  gsub(/\*/, ".*", pattern)
  return "^" pattern "$"
}

function base_name(path) {
  sub(/^.*\//, "", path)
  sub(/\.xml$/, "", path)
  return path
}

function permission(name, reason,    i) {
  for (i = 1; i <= permitted_count; i++) {
    if (name ~ expression(permitted[i]) && reason ~ expression(permitted_reason[i])) return permitted_why[i]
  }
  return ""
}

function add_skip(suite, name, reason,    why) {
  skipped[suite]++
  total_skipped++
  skip_lines = skip_lines "  " name ": " (reason == "" ? "no reason given" : reason)
  why = permission(name, reason)
  if (why != "") {
    skip_lines = skip_lines "\n    permitted: " why "\n"
  } else {
    skip_lines = skip_lines "\n    NOT PERMITTED: tests/permitted_skips.txt does not name it for this reason\n"
    unpermitted++
  }
}

function add_failure(suite, name) {
  failed[suite]++
  total_failed++
  failure_lines = failure_lines "  " name "\n"
}

FNR == 1 { file++; suite = base_name(FILENAME); in_case = "" }

file == 1 {
  if ($0 !~ /^[^#]/ || NF == 0) next
  if (NF < 2) {
    print "tests/permitted_skips.txt:" FNR ": '" $1 "' has no reason beside it"
    bad_input++
    next
  }
  permitted[++permitted_count] = $1
  permitted_reason[permitted_count] = "*"
  permitted_for = $0
  sub(/^[^ \t]+[ \t]+/, "", permitted_for)
  if (match(permitted_for, /^"[^"]+" */)) {
    permitted_reason[permitted_count] = substr(permitted_for, 2, index(substr(permitted_for, 2), "\"") - 1)
    permitted_for = substr(permitted_for, RLENGTH + 1)
  }
  permitted_why[permitted_count] = permitted_for
  next
}

# ctest indents by tabs, and what a test printed is escaped.
file == 2 {
  if ($0 ~ /^\t<testcase /) {
    junit_case = attribute($0, "name")
    suites[++suite_count] = junit_case
    seconds[junit_case] = attribute($0, "time") + 0
    status[junit_case] = attribute($0, "status")
  } else if ($0 ~ /^\t\t<skipped /) {
    skip_message[junit_case] = attribute($0, "message")
  }
  next
}

/^    <testcase / {
  in_case = attribute($0, "classname") "." attribute($0, "name")
  seen[suite] = 1
  case_failed = 0
  result = attribute($0, "result")
  if (result == "skipped") {
    skip_reason = ""
  } else if (attribute($0, "status") == "notrun") {
    result = "skipped"
    skip_reason = "disabled in the source"
  }
  if ($0 ~ /\/>$/) finish_case()
  next
}
in_case != "" && /^      <failure / {
  if (!case_failed) add_failure(suite, in_case)
  case_failed = 1
  next
}
in_case != "" && /^      <skipped / { skip_reason = attribute($0, "message"); next }
/^    <\/testcase>/ { finish_case() }

function finish_case() {
  if (in_case == "") return
  if (!case_failed && result == "skipped") {
    sub(/^[^ ]*\/[^ ]*:[0-9]+ /, "", skip_reason)
    sub(/ +$/, "", skip_reason)
    add_skip(suite, in_case, skip_reason)
  } else if (!case_failed) {
    passed[suite]++
    total_passed++
  }
  in_case = ""
}

# What ctest knows and GoogleTest does not: suites that crashed, never ran, or are no GoogleTest binary.
function reconcile(name) {
  if (status[name] == "run") {
    if (seen[name]) return
    if (index(binaries, " " name " ")) {
      add_failure(name, name " (ended well but reported no case)")
    } else {
      passed[name]++
      total_passed++
    }
  } else if (status[name] == "fail") {
    if (!seen[name]) {
      add_failure(name, name " (crashed, timed out, or is no GoogleTest binary; its cases are not counted)")
    } else if (!failed[name]) {
      add_failure(name, name " (failed outside its cases: see its output above)")
    }
  } else {
    add_skip(name, name, skip_message[name])
  }
}

END {
  for (i = 1; i <= suite_count; i++) reconcile(suites[i])
  print ""
  print "Seconds per suite"
  fflush()
  for (i = 1; i <= suite_count; i++) {
    name = suites[i]
    all_seconds += seconds[name]
    line = sprintf("%8.2f  %-40s %d passed", seconds[name], name, passed[name])
    if (failed[name]) line = line sprintf(", %d failed", failed[name])
    if (skipped[name]) line = line sprintf(", %d skipped", skipped[name])
    print line | "sort -rn"
  }
  close("sort -rn")
  if (total_failed) printf "\nFailed\n%s", failure_lines
  if (total_skipped) printf "\nSkipped\n%s", skip_lines
  printf "\n%d suites, %.1f seconds of tests\n", suite_count, all_seconds
  if (unpermitted) printf "%d skipped without permission: that fails the run\n", unpermitted
  if (total_passed + total_failed == 0) print "no test ran: that fails the run"
  printf "%d passed, %d failed, %d skipped\n", total_passed, total_failed, total_skipped
  if (total_failed || unpermitted || bad_input || total_passed + total_failed == 0) exit 1
}
