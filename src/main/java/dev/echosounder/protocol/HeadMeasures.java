package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.dial.Findings;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Date;
import java.util.Optional;

/** What the head of an answer says in numbers. */
final class HeadMeasures {

  private HeadMeasures() {}

  static void take(HttpResponse response, Findings findings) {
    HttpVersion version = response.protocolVersion();
    HttpHeaders headers = response.headers();
    findings.measure(Measure.HTTP_VERSION, version.majorVersion() + version.minorVersion() / 10.0);
    findings.measure(Measure.HTTP_CONTENT_LENGTH, contentLength(headers));
    Optional.ofNullable(headers.get(HttpHeaderNames.LAST_MODIFIED))
        .map(DateFormatter::parseHttpDate)
        .map(Date::toInstant)
        .ifPresent(
            at -> findings.measure(Measure.HTTP_LAST_MODIFIED, (double) at.getEpochSecond()));
  }

  private static double contentLength(HttpHeaders headers) {
    try {
      return Long.parseLong(headers.get(HttpHeaderNames.CONTENT_LENGTH, "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
