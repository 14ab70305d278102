package dev.echosounder.reader;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM text (RFC 7468); what is around them is ignored. */
record Pem(List<Block> blocks) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

  /**
   * A block.
   *
   * @param base64 its content
   */
  record Block(String label, String base64) {

    /** The content; an {@link IllegalArgumentException} if it is not base64. */
    Buffer der() {
      return Buffer.buffer(Base64.getMimeDecoder().decode(base64));
    }

    /** Not the content, which may be a key. */
    @Override
    public String toString() {
      return label;
    }
  }

  Pem {
    blocks = List.copyOf(blocks);
  }

  static Pem parse(String text) {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      blocks.add(new Block(block.group(1), block.group(2)));
    }
    return new Pem(blocks);
  }

  boolean has(String label) {
    return first(label).isPresent();
  }

  /** The first block of this label. */
  Optional<Block> first(String label) {
    return blocks.stream().filter(block -> block.label().equals(label)).findFirst();
  }

  /** The certificates, in their order. */
  List<X509Certificate> certificates() throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label().equals("CERTIFICATE")) {
        ByteArrayInputStream der = new ByteArrayInputStream(block.der().getBytes());
        certificates.add((X509Certificate) factory.generateCertificate(der));
      }
    }
    return certificates;
  }
}
