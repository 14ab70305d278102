package dev.echosounder;

import dev.echosounder.config.ConfigSource;
import dev.echosounder.config.ConfigWatcher;
import dev.echosounder.config.Reading;
import dev.echosounder.connection.GuardedTransport;
import dev.echosounder.http.Ports;
import dev.echosounder.log.Logs;
import dev.echosounder.log.OutOfMemory;
import dev.echosounder.metrics.Instrumentation;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program. Exit codes: 0 after a clean stop, 1 if it cannot start or stop, 2 for bad usage or
 * configuration, 3 where memory has run out.
 */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final Logger CRITICAL = LoggerFactory.getLogger(Logs.CRITICAL);

  private static final long CHECK_MILLIS = 10_000;

  private static final int FAILED = 1;
  private static final int BAD_CONFIGURATION = 2;

  private final Instrumentation instrumentation = new Instrumentation();
  private final Vertx vertx;
  private final String instance = instance();
  private final CompletableFuture<Void> stopping = new CompletableFuture<>();
  private final CompletableFuture<Echosounder> running = new CompletableFuture<>();

  private Main() {
    VertxOptions options = new VertxOptions();
    options.setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()));
    // It logs a stack trace, which tells what blocks a thread; once is enough for a while.
    options.setBlockedThreadCheckInterval(CHECK_MILLIS);
    // It serves no files, and must start where the file system is read-only.
    options.setFileSystemOptions(
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    vertx = instrumentation.build(GuardedTransport.builder(), options);
  }

  /** Runs until a signal ends it. */
  public static void main(String[] args) {
    OutOfMemory.endsTheProcess();
    refuseRenegotiation();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Arguments.Parsed parsed = Arguments.parse(args, out, err);
    if (parsed.arguments().isEmpty()) {
      System.exit(parsed.exitCode());
    }
    new Main().run(parsed.arguments().get(), out, err);
  }

  // A client of TLS 1.2 could else have a handshake after the other done on one connection. The JDK
  // reads this once, when it first speaks TLS, and has no option for it.
  private static void refuseRenegotiation() {
    System.getProperties().putIfAbsent("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  private void run(Arguments arguments, PrintWriter out, PrintWriter err) {
    ConfigSource source = ConfigSource.of(vertx, arguments.config(), System.getenv());
    source
        .read()
        .compose(
            reading -> {
              // First, so that the warnings too have the form and the level that are asked for.
              reading.settings().ifPresent(settings -> Logs.configure(settings.log()));
              reading.warnings().forEach(warning -> LOG.warn("{}", warning));
              reading.problems().forEach(err::println);
              if (reading.settings().isEmpty()) {
                return ended(BAD_CONFIGURATION);
              }
              if (arguments.check()) {
                out.println("The configuration is valid.");
                return ended(0);
              }
              return start(source, reading);
            })
        .onFailure(this::cannotStart);
  }

  private Future<Void> start(ConfigSource source, Reading reading) {
    // Before anything is bound, so that a stop in the middle of the start is an orderly one too.
    try {
      Signals.onStop(() -> stopping.complete(null));
      Signals.onReload(() -> running.thenAccept(Echosounder::reload));
    } catch (ReflectiveOperationException e) {
      LOG.warn("Signals are not handled as they should be", e);
    }
    return Echosounder.start(
            vertx, instrumentation.registry(), source, reading, instance, ConfigWatcher.PERIOD)
        .onSuccess(this::started)
        .mapEmpty();
  }

  private void cannotStart(Throwable cause) {
    if (cause instanceof RuntimeException) {
      CRITICAL.error("Cannot start, for a reason that should not exist", cause);
    } else {
      CRITICAL.error("Cannot start: {}", cause.getMessage());
    }
    exit(FAILED);
  }

  private void started(Echosounder service) {
    Ports ports = service.ports();
    String host = service.scheme() + "://127.0.0.1:";
    String management = host + ports.reserved();
    LOG.info(
        "Echosounder {} answers every route on {}{}; see {}/queryurl and {}/metrics",
        Version.current(),
        host,
        ports.main(),
        management,
        management);
    running.complete(service);
    stopping.thenRun(() -> service.stop().onComplete(this::stopped));
  }

  private void stopped(AsyncResult<Void> stop) {
    if (stop.succeeded()) {
      LOG.info("Stopped");
      exit(0);
    }
    CRITICAL.error("The stop was not orderly", stop.cause());
    exit(FAILED);
  }

  /** The host name, which in Kubernetes is the name of the pod. */
  private static String instance() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static Future<Void> ended(int code) {
    exit(code);
    return Future.succeededFuture();
  }

  private static void exit(int code) {
    Logs.flush();
    System.exit(code);
  }
}
