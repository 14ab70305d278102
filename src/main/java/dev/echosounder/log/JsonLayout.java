package dev.echosounder.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.vertx.core.json.JsonObject;

/**
 * One JSON object a line: {@code timestamp}, {@code level}, {@code logger}, {@code message}, and
 * what the event adds.
 */
final class JsonLayout extends LineLayout {

  @Override
  public String doLayout(ILoggingEvent event) {
    JsonObject line =
        new JsonObject()
            .put("timestamp", timestamp(event))
            .put("level", level(event))
            .put("logger", logger(event))
            .put("message", event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> line.put(pair.key, String.valueOf(pair.value)));
    }
    if (event.getThrowableProxy() != null) {
      line.put("stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.encode() + "\n";
  }
}
