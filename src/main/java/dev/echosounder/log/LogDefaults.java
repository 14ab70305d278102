package dev.echosounder.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.echosounder.settings.Settings;

/**
 * Sets logging up before the configuration is read, in place of logback's search for files of its
 * own.
 */
public final class LogDefaults extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logs.configure(context, new Settings.Log(Settings.Log.Level.INFO, Settings.Log.Format.PLAIN));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
