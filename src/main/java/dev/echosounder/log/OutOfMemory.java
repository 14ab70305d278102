package dev.echosounder.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Marker;

/**
 * Ends the process when its memory has run out: what threw the error is half done, and what it
 * leaves behind would look alive. The JVM does so itself with {@code -XX:+ExitOnOutOfMemoryError},
 * which a jar cannot ask for.
 *
 * <p>It sees the errors that no one handles, and those that somebody else has caught and logs.
 */
public final class OutOfMemory extends TurboFilter {

  /** That of the JVM with the option. */
  private static final int EXIT_CODE = 3;

  // Made while there is memory.
  private static final byte[] LINE =
      "Out of memory: the process ends. Give it more with -Xmx or -XX:MaxRAMPercentage.\n"
          .getBytes(StandardCharsets.UTF_8);

  /** Takes over what threads throw that nobody handles; what is no such error is told as before. */
  public static void endsTheProcess() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          endIf(thrown);
          System.err.print("Exception in thread \"" + thread.getName() + "\" ");
          thrown.printStackTrace();
        });
  }

  @Override
  public FilterReply decide(
      Marker marker,
      Logger logger,
      Level level,
      String format,
      Object[] arguments,
      Throwable thrown) {
    endIf(thrown);
    return FilterReply.NEUTRAL;
  }

  private static void endIf(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      // Netty has a subclass of its own for buffers, where one connection goes without.
      if (cause.getClass() == OutOfMemoryError.class) {
        end();
      }
    }
  }

  private static void end() {
    try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
      err.write(LINE);
    } catch (IOException nobodyListens) {
      // It ends all the same.
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
