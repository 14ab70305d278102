package dev.echosounder.tracing;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.vertx.core.Vertx;
import java.util.List;

/** Gives the exporter our sender, and nothing that may be on the class path. */
record SenderLoader(Vertx vertx) implements ComponentLoader {

  @Override
  public <T> Iterable<T> load(Class<T> component) {
    HttpSenderProvider senders = config -> new CollectorSender(vertx, config);
    return component.isInstance(senders) ? List.of(component.cast(senders)) : List.of();
  }
}
