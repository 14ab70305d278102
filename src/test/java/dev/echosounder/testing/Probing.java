package dev.echosounder.testing;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.dial.Deadline;
import dev.echosounder.dial.Places;
import dev.echosounder.dial.Timeline;
import dev.echosounder.dial.Trust;
import dev.echosounder.dial.Visit;
import dev.echosounder.protocol.Probers;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.ProbeOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.StatusCodes;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Single probes on an event loop of their own. */
public final class Probing {

  public static final Duration LONG = Duration.ofSeconds(15);

  private static final Places ANY_NUMBER =
      new Places() {
        @Override
        public Future<Boolean> take(Deadline patience) {
          return Future.succeededFuture(true);
        }

        @Override
        public void release() {}
      };

  private final Vertx vertx;
  private final ContextInternal context;
  private final Probers probers;

  public Probing(Vertx vertx, Optional<KeyStore> authorities) throws Exception {
    this.vertx = vertx;
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.probers = Probers.of(context, Trust.load(authorities), "echosounder/test");
  }

  public static Target target(String url) {
    return target(url, HttpOptions.DEFAULT, LONG, Map.of());
  }

  public static Target target(
      String url, ProbeOptions options, Duration timeout, Map<String, Secret> headers) {
    TargetUrl parsed = TargetUrl.parse(options.protocol(), url, Set.of());
    return new Target(
        new TargetId(parsed.shown(), Optional.empty(), Map.of()),
        parsed,
        new Module("test", Optional.empty(), options),
        Duration.ofHours(1),
        timeout,
        headers);
  }

  /** Options that differ from the default in the request and the accepted codes. */
  public static HttpOptions http(
      String method,
      Map<String, Secret> headers,
      Optional<Secret> body,
      List<Integer> codes,
      boolean followRedirects) {
    Map<String, List<Secret>> each =
        headers.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    return HttpOptions.DEFAULT
        .with(new HttpOptions.Request(method, each, body, followRedirects))
        .with(
            HttpOptions.Checks.withCodes(
                StatusCodes.of(codes.stream().mapToInt(Integer::intValue).toArray())));
  }

  public ProbeResult probe(String url) {
    return probe(target(url), AddressFilter.ANY);
  }

  public ProbeResult probe(String url, Duration timeout) {
    return probe(target(url, HttpOptions.DEFAULT, timeout, Map.of()), AddressFilter.ANY);
  }

  public ProbeResult probe(String url, ProbeOptions options) {
    return probe(target(url, options, LONG, Map.of()), AddressFilter.ANY);
  }

  public ProbeResult probe(String url, ProbeOptions options, Duration timeout) {
    return probe(target(url, options, timeout, Map.of()), AddressFilter.ANY);
  }

  public ProbeResult probe(Target target, AddressFilter dialable) {
    return probe(target, dialable, Timeline.off());
  }

  public ProbeResult probe(Target target, AddressFilter dialable, Timeline timeline) {
    return Waiting.on(start(target, dialable, timeline));
  }

  /** Starts a probe, to be waited for later. */
  public Future<ProbeResult> start(Target target, AddressFilter dialable, Timeline timeline) {
    Promise<ProbeResult> result = Promise.promise();
    context.runOnContext(
        now -> {
          Deadline deadline = new Deadline(vertx, target.timeout());
          Future<ProbeResult> probe =
              probers.probe(Visit.to(target, dialable, deadline, timeline), ANY_NUMBER);
          probe.onComplete(end -> deadline.end()).onComplete(result);
        });
    return result.future();
  }
}
