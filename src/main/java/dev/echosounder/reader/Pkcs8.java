package dev.echosounder.reader;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;

/**
 * Puts the older forms of private keys, which OpenSSL writes, into PKCS#8, the one that the JDK
 * reads (RFC 5208 section 5, in DER). An {@link IllegalArgumentException} tells a broken one.
 */
final class Pkcs8 {

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int PARAMETERS = 0xa0;
  private static final Buffer VERSION = hex("020100");

  /** rsaEncryption with its empty parameters. */
  private static final Buffer RSA = hex("06092a864886f70d0101010500");

  private static final Buffer EC_PUBLIC_KEY = hex("06072a8648ce3d0201");

  private Pkcs8() {}

  /** The PKCS#8 form of an RSAPrivateKey (RFC 8017 appendix A.1.2). */
  static byte[] ofRsa(Buffer key) {
    return of(RSA, key);
  }

  /** The PKCS#8 form of an ECPrivateKey that names its curve (RFC 5915 section 3). */
  static byte[] ofEc(Buffer key) {
    return of(Buffer.buffer().appendBuffer(EC_PUBLIC_KEY).appendBuffer(curve(key)), key);
  }

  private static byte[] of(Buffer algorithm, Buffer key) {
    return element(
            SEQUENCE,
            Buffer.buffer()
                .appendBuffer(VERSION)
                .appendBuffer(element(SEQUENCE, algorithm))
                .appendBuffer(element(OCTET_STRING, key)))
        .getBytes();
  }

  private static Buffer curve(Buffer key) {
    try {
      int position = content(key, 0);
      while (key.getUnsignedByte(position) != PARAMETERS) {
        position = content(key, position) + length(key, position);
      }
      int start = content(key, position);
      return key.slice(start, start + length(key, position));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("no curve", e);
    }
  }

  /** Where the content of the element at a position starts. */
  private static int content(Buffer der, int position) {
    int first = der.getUnsignedByte(position + 1);
    return position + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(Buffer der, int position) {
    int first = der.getUnsignedByte(position + 1);
    if (first < 0x80) {
      return first;
    }
    return switch (first) {
      case 0x81 -> der.getUnsignedByte(position + 2);
      case 0x82 -> der.getUnsignedShort(position + 2);
      default -> throw new IllegalArgumentException("longer than any key");
    };
  }

  private static Buffer element(int tag, Buffer content) {
    int length = content.length();
    Buffer element = Buffer.buffer().appendByte((byte) tag);
    // Only the shortest form of a length is DER.
    if (length < 0x80) {
      element.appendByte((byte) length);
    } else if (length < 0x100) {
      element.appendByte((byte) 0x81).appendByte((byte) length);
    } else if (length < 0x10000) {
      element.appendByte((byte) 0x82).appendUnsignedShort(length);
    } else {
      throw new IllegalArgumentException("longer than any key");
    }
    return element.appendBuffer(content);
  }

  private static Buffer hex(String digits) {
    return Buffer.buffer(HexFormat.of().parseHex(digits));
  }
}
