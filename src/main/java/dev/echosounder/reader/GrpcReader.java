package dev.echosounder.reader;

import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.GrpcOptions;
import dev.echosounder.settings.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the options of the gRPC prober. */
record GrpcReader(Problems problems, TlsReader tls) {

  GrpcOptions read(Section grpc) {
    return new GrpcOptions(
        new IpReader(problems).choice(grpc),
        grpc.text("service", ""),
        grpc.flag("tls", false),
        tls.read(grpc.section("tls_config")),
        metadata(grpc.section("metadata")));
  }

  /** By names in lower case, the only ones that HTTP/2 knows (RFC 9113 section 8.2). */
  private Map<String, List<Secret>> metadata(Section section) {
    Map<String, List<Secret>> metadata = new LinkedHashMap<>();
    for (String name : section.json().fieldNames()) {
      List<Secret> values = section.list(name, text -> new Secret((String) text));
      if (metadata.putIfAbsent(name.toLowerCase(Locale.ROOT), values) != null) {
        problems.add(section.at(name), "a name twice, in other letters", "it once");
      }
    }
    return metadata;
  }
}
