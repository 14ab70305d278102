package dev.echosounder.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.RunningService;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.SmallProxy;
import dev.echosounder.testing.Tool;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Debian's blackbox_exporter and Echosounder side by side: the same modules, the same targets, the
 * same {@code /probe}. Every series of blackbox_exporter's page must be on ours with the same value
 * (times within a tolerance), but for the {@link Difference}s that a case names.
 *
 * <p>Run with {@code mvn -Pacceptance test -Dtest=BlackboxComparisonTest}. The table of all cases
 * goes to {@code target/blackbox-comparison.md}.
 */
@Tag("acceptance")
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlackboxComparisonTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<String> rows = new ArrayList<>();
  private final List<Case> cases = new ArrayList<>();
  private final DnsTargets names = new DnsTargets();
  private final GrpcTargets services = new GrpcTargets();
  private Path directory;
  private SocketChannel unused;
  private BlackboxExporter blackbox;
  private RunningService echosounder;

  @BeforeAll
  void start(@TempDir Path empty) throws Exception {
    directory = empty;
    Tool.needs(BlackboxExporter.COMMAND);
    unused = SocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    int unusedPort = ((InetSocketAddress) unused.getLocalAddress()).getPort();
    Certificates certificates = new Certificates();
    ScriptedTarget server = HttpTargets.plain(vertx, "127.0.0.1");
    cases.addAll(new HttpCases(server).all(unusedPort));
    cases.addAll(new HttpsTargets(vertx, certificates).cases());
    cases.addAll(new TcpTargets(vertx, certificates).cases(unusedPort));
    cases.addAll(names.cases(unusedPort));
    cases.addAll(services.cases(certificates, unusedPort));

    Map<String, String> files = new HashMap<>(certificates.write(directory));
    files.put("password", write("password", "s3:cret\n"));
    files.put("token", write("token", "t0ken\n"));
    files.put("token_url", server.url("/token"));
    files.put("proxy", "http://127.0.0.1:" + new SmallProxy(vertx).port());
    String modules = modules(files);
    blackbox = BlackboxExporter.start(directory, Path.of(write("blackbox.yml", modules)));
    echosounder = RunningService.start(directory, "http: {host: 127.0.0.1, port: 0}\n" + modules);
  }

  private static String modules(Map<String, String> names) throws Exception {
    try (InputStream in =
        BlackboxComparisonTest.class.getResourceAsStream("/comparison/blackbox.yml")) {
      String modules = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> name : names.entrySet()) {
        modules = modules.replace("@" + name.getKey() + "@", name.getValue());
      }
      return modules;
    }
  }

  private String write(String name, String content) throws Exception {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  @AfterAll
  void stop() throws Exception {
    if (blackbox != null) {
      blackbox.close();
      echosounder.close();
      unused.close();
      publish();
    }
    names.close();
    services.close();
    Waiting.on(vertx.close());
  }

  private void publish() throws Exception {
    List<String> table =
        new ArrayList<>(
            List.of(
                "| case | module | blackbox / Echosounder | reason | series | differences |",
                "|---|---|---|---|---|---|"));
    table.addAll(rows);
    Files.write(Path.of("target", "blackbox-comparison.md"), table);
    System.out.println(String.join("\n", table));
  }

  Stream<Case> cases() {
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void both_tell_the_same(Case compared) throws Exception {
    // The first probe of a kind would be slower for the classes it loads.
    echosounder.get(compared.path());
    Comparison comparison =
        new Comparison(
            compared, blackbox.get(compared.path()), echosounder.get(compared.path()).body());

    rows.add(comparison.row());
    assertThat(comparison.count()).isPositive();
    assertThat(comparison.unexplained()).isEmpty();
    assertThat(comparison.unseen()).isEmpty();
  }
}
