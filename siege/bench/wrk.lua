-- Ends a run of wrk with one line of figures for programs.
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    "figures requests=%d microseconds=%d p50=%d p99=%d errors=%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
