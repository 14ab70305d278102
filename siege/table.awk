# The table of what siege was answered and what the service counted. Reads METHOD CODE COUNT of siege's answers (file=1),
# of the counts before (file=2) and after (file=3). Exits with 1 where a row differs.

function line(row, made, counted,    part) {
  split(row, part, " ")
  return sprintf("%-8s %4s %12d %12d %12d", part[1], part[2], made, counted, counted - made)
}

$1 == "probes" { probes += (file == 3 ? $3 : -$3); next }
file == 1 { made[$1 " " $2] += $3 }
file == 2 { counted[$1 " " $2] -= $3 }
file == 3 { counted[$1 " " $2] += $3 }

END {
  printf "%-8s %4s %12s %12s %12s\n", "method", "code", "siege", "counted", "difference"
  fflush()
  for (row in counted) made[row] += 0
  for (row in made) {
    if (made[row] != 0 || counted[row] != 0) print line(row, made[row], counted[row]) | "LC_ALL=C sort"
    if (made[row] != counted[row]) differ = 1
    all_made += made[row]
    all_counted += counted[row]
  }
  close("LC_ALL=C sort")
  print line("all -", all_made, all_counted)
  if (probes) printf "Left out: %d requests by which the service probed itself.\n", probes
  exit differ
}
