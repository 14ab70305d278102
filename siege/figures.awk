# siege's figures of one or more rounds as those of one, from what it wrote to stderr. Variable: answers, a file of METHOD
# CODE COUNT. Exits with 1 where siege had no answer to some requests, which it only tells as failures among those of 5xx.

FILENAME == answers { lines += $3; if ($2 == 418) twice += $3; next }
/^Transactions:/ { transactions += $2 }
/^Failed transactions:/ { failed += $3 }
/^Elapsed time:/ { elapsed += $3 }
/^Data transferred:/ { megabytes += $3 }
/^Transactions:/ { hits = $2 }
/^Response time:/ { spent += $3 * hits }
/^Longest transaction:/ && $3 > longest { longest = $3 }

END {
  printf "%-24s %12d\n", "transactions", transactions
  printf "%-24s %12d\n", "failed transactions", failed
  printf "%-24s %12.2f s\n", "elapsed time", elapsed
  printf "%-24s %12.2f /s\n", "answers", elapsed ? lines / elapsed : 0
  printf "%-24s %12.3f s\n", "response time", transactions ? spent / transactions : 0
  printf "%-24s %12.2f s\n", "longest transaction", longest
  printf "%-24s %12.2f MB\n", "data transferred", megabytes
  # siege calls 418 both a transaction and a failure.
  unanswered = transactions + failed - lines - twice
  if (unanswered) {
    printf "%-24s %12d\n", "without an answer", unanswered
    exit 1
  }
}
