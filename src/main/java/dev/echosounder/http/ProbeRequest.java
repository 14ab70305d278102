package dev.echosounder.http;

import dev.echosounder.bus.ProbeOnce;
import dev.echosounder.bus.TraceContext;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a request to {@code /probe} asks for, read from it parameter by parameter. */
record ProbeRequest(RoutingContext ctx, Settings settings) {

  private static final int MOST_NAMES = 50;

  /** The name of the module asked for. */
  String moduleName() {
    return parameter("module").orElse(Module.DEFAULT_NAME);
  }

  /**
   * What the prober is to be asked.
   *
   * @throws IllegalArgumentException with what was expected, if the request asks for what cannot be
   */
  ProbeOnce question() {
    Module named = module();
    Module module = parameter("hostname").map(host -> ProbeHost.put(host, named)).orElse(named);
    Duration timeout =
        ScrapeTimeout.of(ctx.request().getHeader(ScrapeTimeout.HEADER), module.timeout());
    TargetUrl url = target(module);
    TargetId id = new TargetId(url.shown(), Optional.empty(), Map.of());
    return new ProbeOnce(
        UUID.randomUUID().toString(),
        new Target(id, url, module, timeout, timeout, Map.of()),
        settings.probeEndpoint().dialable(),
        parameter("debug").filter("true"::equals).isPresent(),
        trace(ctx.request().headers()));
  }

  private static Optional<TraceContext> trace(MultiMap headers) {
    return TraceContext.received(
        headers.getAll(TraceContext.TRACEPARENT), headers.getAll(TraceContext.TRACESTATE));
  }

  private Module module() {
    return Optional.ofNullable(settings.modules().get(moduleName()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "module: got an unknown one, expected " + knownOnes()));
  }

  private String knownOnes() {
    String more = settings.modules().size() > MOST_NAMES ? ", ..." : "";
    return settings.modules().keySet().stream()
        .filter(settings.probeEndpoint()::takes)
        .sorted()
        .limit(MOST_NAMES)
        .collect(Collectors.joining(", ", "one of ", more));
  }

  private TargetUrl target(Module module) {
    String text =
        parameter("target")
            .orElseThrow(() -> new IllegalArgumentException("expected ?target= to be probed"));
    try {
      return TargetUrl.parseLeniently(module.protocol(), text, settings.secretQueryParameters());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("target: " + e.getMessage(), e);
    }
  }

  private Optional<String> parameter(String name) {
    return ctx.queryParam(name).stream().findFirst().filter(value -> !value.isEmpty());
  }
}
