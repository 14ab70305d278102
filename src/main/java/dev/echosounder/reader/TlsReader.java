package dev.echosounder.reader;

import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.settings.TlsOptions.Version;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads how TLS is done. Equal mappings are read once: a bundle of authorities takes long and much
 * memory. Not for use by two threads.
 */
final class TlsReader {

  private final Problems problems;
  private final CertificateReader certificates;
  private final Map<JsonObject, TlsOptions> read = new HashMap<>();

  TlsReader(Inputs inputs) {
    this.problems = inputs.problems();
    this.certificates = new CertificateReader(problems, inputs.filesReader());
  }

  TlsOptions read(Section tls) {
    TlsOptions known = read.get(tls.json());
    if (known != null) {
      return known;
    }
    int before = problems.count();
    TlsOptions options = options(tls);
    if (problems.count() == before) {
      read.put(tls.json(), options);
    }
    return options;
  }

  private TlsOptions options(Section tls) {
    Optional<Version> lowest = version(tls, "min_version");
    Optional<Version> highest = version(tls, "max_version");
    if (lowest.isPresent() && highest.isPresent() && lowest.get().compareTo(highest.get()) > 0) {
      problems.add(
          tls.at("max_version"), highest.get() + "", "no less than min_version, " + lowest.get());
    }
    return new TlsOptions(
        tls.flag("insecure_skip_verify", false),
        tls.text("server_name").filter(name -> !name.isEmpty()),
        lowest,
        highest,
        certificates.chain(tls, "ca").orElse(List.of()),
        certificates.identity(tls));
  }

  /** The version as a bound: those that no JDK speaks bound nothing. */
  private static Optional<Version> version(Section tls, String key) {
    return tls.text(key)
        .filter(text -> !text.equals("TLS10") && !text.equals("TLS11"))
        .map(Version::valueOf);
  }
}
