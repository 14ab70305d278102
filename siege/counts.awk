# From a metrics page: the echo requests counted, as lines of METHOD CODE COUNT, without those by which the service
# probed itself, and the number of these as "probes - COUNT". Variable: authority, the HOST:PORT under load.

function label(name,    at) {
  at = match($0, "[{,]" name "=\"[^\"]*\"")
  return at ? substr($0, at + length(name) + 3, RLENGTH - length(name) - 4) : ""
}

# Whether a probe of this URL is an echo request at the service under load.
function is_own(url,    host, port, rest) {
  port = authority
  sub(/.*:/, "", port)
  if (url !~ "^https?://(" quoted(authority) "|localhost:" port "|127\\.0\\.0\\.1:" port "|\\[::1\\]:" port ")(/|\\?|$)") {
    return 0
  }
  return url !~ /^https?:\/\/[^\/]*\/(healthcheck(\/live|\/ready)?|queryurl|metrics|probe|history|config|-\/reload)(\?|$)/
}

function quoted(text) {
  gsub(/[][.]/, "\\\\&", text)
  return text
}

/^app_requests_count_total\{/ { count[label("method") " " label("code")] += $NF }
/^probe_attempts_total\{/ && is_own(label("url")) { attempts[label("url")] += $NF }
/^probe_http_status_code\{/ { status[label("url")] = int($NF) }

END {
  for (url in attempts) {
    if (attempts[url] > 0) {
      count["GET " status[url]] -= attempts[url]
      probes += attempts[url]
    }
  }
  for (row in count) print row, count[row]
  print "probes -", probes + 0
}
