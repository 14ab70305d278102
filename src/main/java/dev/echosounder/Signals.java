package dev.echosounder;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * The one handler of SIGTERM, SIGINT and SIGHUP. The first of the former two begins an orderly
 * stop, a second one ends the process at once with 128 plus its number (143 for SIGTERM). A
 * shutdown hook can give neither: it cannot choose the exit code, and it does not see a second
 * signal. SIGHUP has the configuration read again, as with other exporters, and ends nothing.
 *
 * <p>The JDK's only way to handle a signal is {@code sun.misc.Signal}, of the supported module
 * jdk.unsupported. It is reached by reflection because javac's warning about it cannot be switched
 * off, and warnings are errors here.
 */
final class Signals {

  private static final int EXIT_BASE = 128;

  private Signals() {}

  /**
   * Takes the signals over, for the life of the process.
   *
   * @param stop begins the stop; runs on the JVM's signal thread, once, and must not block
   * @throws ReflectiveOperationException if this JDK has no such class
   */
  static void onStop(Runnable stop) throws ReflectiveOperationException {
    AtomicBoolean stopping = new AtomicBoolean();
    for (String name : List.of("TERM", "INT")) {
      handle(
          name,
          number -> {
            if (stopping.compareAndSet(false, true)) {
              stop.run();
            } else {
              Runtime.getRuntime().halt(EXIT_BASE + number);
            }
          });
    }
  }

  /**
   * Takes SIGHUP over, for the life of the process. Where it is ignored (nohup) it stays so.
   *
   * @param reload has the configuration read; runs on a thread of the JVM, at each signal, and must
   *     not block
   * @throws ReflectiveOperationException if this JDK or system has no such signal
   */
  static void onReload(Runnable reload) throws ReflectiveOperationException {
    handle("HUP", number -> reload.run());
  }

  private static void handle(String name, IntConsumer action) throws ReflectiveOperationException {
    Class<?> signalType = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Method number = signalType.getMethod("getNumber");
    Object handler =
        Proxy.newProxyInstance(
            Signals.class.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> {
              action.accept((int) number.invoke(arguments[0]));
              return null;
            });
    signalType
        .getMethod("handle", signalType, handlerType)
        .invoke(null, signalType.getConstructor(String.class).newInstance(name), handler);
  }
}
