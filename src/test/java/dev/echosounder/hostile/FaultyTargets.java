package dev.echosounder.hostile;

import dev.echosounder.testing.Authority;
import dev.echosounder.testing.DnsServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The faults of the tables, as targets of a service that is a process of its own; without those of
 * names, which need a resolver that asks the name server of the test.
 */
public final class FaultyTargets implements AutoCloseable {

  /** The modules of a configuration that the targets name. */
  public static final String MODULES = HttpFaults.MODULES + PlainFaults.MODULES;

  private final DnsServer dns = DnsServer.start();
  private final DeadPorts dead = new DeadPorts();
  private final List<Fault> faults = new ArrayList<>();

  /**
   * Starts the servers.
   *
   * @param vertx ends them when it is closed
   */
  public FaultyTargets(Vertx vertx) throws Exception {
    RawTargets servers = new RawTargets(vertx);
    faults.addAll(PlainFaults.of(servers, dead.closed(), dead.full()));
    faults.addAll(HttpFaults.of(servers));
    faults.addAll(TlsFaults.of(servers, new Authority()));
    faults.addAll(HostileAnswers.of(servers, dns));
  }

  /**
   * The targets, each as an element of a list in YAML.
   *
   * @param interval of each
   * @param shortest timeout of those that only the deadline ends; the others have five times that
   */
  public List<String> yaml(int interval, int shortest) {
    return IntStream.range(0, faults.size())
        .mapToObj(number -> yaml(number, faults.get(number), interval, shortest))
        .toList();
  }

  private static String yaml(int number, Fault fault, int interval, int shortest) {
    return "  - {name: fault%d, url: \"%s\", interval: %ds, timeout: %ds%s}\n"
        .formatted(
            number,
            fault.url(),
            interval,
            fault.staysOn() ? shortest : 5 * shortest,
            fault.keys().isEmpty() ? "" : ", " + fault.keys());
  }

  @Override
  public void close() throws IOException {
    dead.close();
    dns.close();
  }
}
