package dev.echosounder.reader;

import dev.echosounder.schema.Section;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.HttpOptions.HeaderMatch;
import dev.echosounder.settings.HttpOptions.TlsUse;
import dev.echosounder.settings.StatusCodes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what an HTTP answer must be like. */
record ChecksReader(PatternReader patterns, ConditionReader conditions) {

  HttpOptions.Checks read(Section http) {
    return new HttpOptions.Checks(
        StatusCodes.of(http.list("valid_status_codes", ChecksReader::range)),
        Set.copyOf(http.list("valid_http_versions", ChecksReader::version)),
        tlsUse(http),
        patterns.list(http, "fail_if_body_matches_regexp"),
        patterns.list(http, "fail_if_body_not_matches_regexp"),
        conditions.one(http, "fail_if_body_json_matches_cel"),
        conditions.one(http, "fail_if_body_json_not_matches_cel"),
        headerMatches(http, "fail_if_header_matches"),
        headerMatches(http, "fail_if_header_not_matches"));
  }

  private static StatusCodes.Range range(Object code) {
    String text = code instanceof Number number ? "" + number.intValue() : (String) code;
    return StatusCodes.Range.parse(text).orElseThrow();
  }

  private static String version(Object text) {
    return text.equals("HTTP/2") ? "HTTP/2.0" : (String) text;
  }

  private static TlsUse tlsUse(Section http) {
    if (http.flag("fail_if_ssl", false)) {
      return TlsUse.FORBIDDEN;
    }
    return http.flag("fail_if_not_ssl", false) ? TlsUse.REQUIRED : TlsUse.EITHER;
  }

  private List<HeaderMatch> headerMatches(Section http, String key) {
    return http.sections(key).stream().map(this::headerMatch).flatMap(Optional::stream).toList();
  }

  private Optional<HeaderMatch> headerMatch(Section section) {
    return patterns
        .one(section, "regexp")
        .flatMap(
            pattern ->
                section
                    .text("header")
                    .map(
                        header ->
                            new HeaderMatch(
                                header, pattern, section.flag("allow_missing", false))));
  }
}
