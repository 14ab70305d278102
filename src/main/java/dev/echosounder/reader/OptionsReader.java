package dev.echosounder.reader;

import dev.echosounder.schema.Section;
import dev.echosounder.settings.ProbeOptions;
import dev.echosounder.settings.Protocol;

/** Reads the options of each prober. One for each reading of a configuration, on one thread. */
final class OptionsReader {

  private final Inputs inputs;
  private final PatternReader patterns;
  private final ConditionReader conditions;
  private final TlsReader tls;

  OptionsReader(Inputs inputs) {
    this.inputs = inputs;
    this.patterns = new PatternReader(inputs.problems());
    this.conditions = new ConditionReader(inputs.problems());
    this.tls = new TlsReader(inputs);
  }

  /** Reads the section of a protocol, be it there or not. */
  ProbeOptions read(Protocol protocol, Section section) {
    return switch (protocol) {
      case HTTP -> new HttpReader(inputs, patterns, conditions, tls).read(section);
      case TCP -> new TcpReader(inputs.problems(), patterns, tls).read(section);
      case DNS -> new DnsReader(inputs.problems(), patterns, tls).read(section);
      case GRPC -> new GrpcReader(inputs.problems(), tls).read(section);
    };
  }
}
