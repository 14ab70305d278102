package dev.echosounder.metrics;

import dev.echosounder.bus.Measure;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.ProbeOptions;
import dev.echosounder.settings.ProxyOptions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which measures the page of {@code /probe} has of every probe, as 0 where they were not taken:
 * those of which blackbox_exporter 0.28 does so.
 */
final class Zeros {

  private static final Set<Measure> LOOKUP =
      EnumSet.of(Measure.DNS_LOOKUP_TIME, Measure.IP_PROTOCOL, Measure.IP_ADDR_HASH);

  private Zeros() {}

  /** Those of a probe with these options. */
  static Set<Measure> of(ProbeOptions options) {
    Set<Measure> zeros =
        switch (options.protocol()) {
          case HTTP -> http((HttpOptions) options);
          case TCP -> with(LOOKUP, Measure.FAILED_DUE_TO_REGEX, Measure.FAILED_DUE_TO_BYTES);
          case DNS ->
              with(
                  LOOKUP,
                  Measure.DNS_ANSWER_RRS,
                  Measure.DNS_AUTHORITY_RRS,
                  Measure.DNS_ADDITIONAL_RRS,
                  Measure.DNS_QUERY_SUCCEEDED);
          case GRPC ->
              with(
                  LOOKUP,
                  Measure.SSL_EARLIEST_CERT_EXPIRY,
                  Measure.GRPC_SSL,
                  Measure.GRPC_STATUS_CODE,
                  Measure.GRPC_HEALTH_UNKNOWN,
                  Measure.GRPC_HEALTH_SERVING,
                  Measure.GRPC_HEALTH_NOT_SERVING,
                  Measure.GRPC_HEALTH_SERVICE_UNKNOWN);
        };
    return zeros;
  }

  private static Set<Measure> http(HttpOptions options) {
    HttpOptions.Client client = options.client();
    boolean proxyResolves = client.resolveByProxy() && !client.proxy().equals(ProxyOptions.DIRECT);
    Set<Measure> zeros =
        with(
            proxyResolves ? Set.of() : LOOKUP,
            Measure.HTTP_CONTENT_LENGTH,
            Measure.HTTP_UNCOMPRESSED_BODY_LENGTH,
            Measure.HTTP_REDIRECTS,
            Measure.HTTP_SSL,
            Measure.HTTP_VERSION,
            Measure.FAILED_DUE_TO_REGEX);
    return options.checks().readJson() ? with(zeros, Measure.FAILED_DUE_TO_CEL) : zeros;
  }

  private static Set<Measure> with(Set<Measure> some, Measure first, Measure... more) {
    Set<Measure> all = EnumSet.of(first, more);
    all.addAll(some);
    return all;
  }
}
