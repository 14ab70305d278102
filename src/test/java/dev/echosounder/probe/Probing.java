package dev.echosounder.probe;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.config.AddressFilter;
import dev.echosounder.config.Module;
import dev.echosounder.config.Secret;
import dev.echosounder.config.Target;
import dev.echosounder.config.TargetId;
import dev.echosounder.config.TargetUrl;
import dev.echosounder.testing.Waiting;
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

/** Single HTTP probes on an event loop of their own. */
final class Probing {

  static final AddressFilter ANY = new AddressFilter(List.of(), List.of());
  static final Duration LONG = Duration.ofSeconds(15);

  private final Vertx vertx;
  private final ContextInternal context;
  private final HttpProber prober;

  Probing(Vertx vertx, Optional<KeyStore> authorities) throws Exception {
    this.vertx = vertx;
    this.context = (ContextInternal) vertx.getOrCreateContext();
    this.prober = new HttpProber(context, Trust.load(authorities), "echosounder/test");
  }

  static Target target(String url) {
    return target(url, Module.Http.DEFAULT, LONG, Map.of());
  }

  static Target target(
      String url, Module.Http http, Duration timeout, Map<String, Secret> headers) {
    TargetUrl parsed = TargetUrl.parse(url, Set.of());
    return new Target(
        new TargetId(parsed.shown(), Optional.empty(), Map.of()),
        parsed,
        new Module("test", Module.Prober.HTTP, Optional.empty(), http),
        Duration.ofHours(1),
        timeout,
        headers);
  }

  ProbeResult probe(String url) {
    return probe(target(url), ANY);
  }

  ProbeResult probe(String url, Duration timeout) {
    return probe(target(url, Module.Http.DEFAULT, timeout, Map.of()), ANY);
  }

  ProbeResult probe(String url, Module.Http http) {
    return probe(target(url, http, LONG, Map.of()), ANY);
  }

  ProbeResult probe(Target target, AddressFilter dialable) {
    Promise<ProbeResult> result = Promise.promise();
    context.runOnContext(
        now -> {
          Deadline deadline = new Deadline(vertx, target.timeout());
          Future<ProbeResult> probe = prober.probe(new Visit(target, dialable, deadline));
          probe.onComplete(end -> deadline.end()).onComplete(result);
        });
    return Waiting.on(result.future());
  }
}
