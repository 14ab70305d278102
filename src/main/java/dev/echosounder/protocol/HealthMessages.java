package dev.echosounder.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The two messages of {@code grpc.health.v1.Health/Check}, each in a Protocol Buffers encoding of
 * one field, behind gRPC's prefix of a flag for compression and four bytes of length.
 */
final class HealthMessages {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private static final int FIELD_1_BYTES = (1 << 3) | BYTES;
  private static final int FIELD_1_VARINT = (1 << 3) | VARINT;

  private HealthMessages() {}

  /** A {@code HealthCheckRequest}. */
  static ByteBuf request(String service) {
    ByteBuf message = Unpooled.buffer();
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    if (name.length > 0) {
      message.writeByte(FIELD_1_BYTES);
      writeVarint(message, name.length);
      message.writeBytes(name);
    }
    return Unpooled.buffer().writeByte(0).writeInt(message.readableBytes()).writeBytes(message);
  }

  /**
   * The number of the status in a {@code HealthCheckResponse}; 0 where it has none, empty if the
   * bytes are no such message, or a compressed one, which was not asked for.
   */
  static OptionalInt status(byte[] body) {
    ByteBuf bytes = Unpooled.wrappedBuffer(body);
    if (body.length < 5 || bytes.readByte() != 0 || bytes.readInt() != bytes.readableBytes()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(fields(bytes));
    } catch (IndexOutOfBoundsException e) {
      return OptionalInt.empty();
    }
  }

  private static int fields(ByteBuf message) {
    int status = 0;
    while (message.isReadable()) {
      long tag = readVarint(message);
      if (tag == FIELD_1_VARINT) {
        status = (int) readVarint(message);
      } else {
        skip(message, (int) (tag & 7));
      }
    }
    return status;
  }

  private static void skip(ByteBuf message, int wireType) {
    switch (wireType) {
      case VARINT -> readVarint(message);
      case FIXED64 -> message.skipBytes(8);
      case FIXED32 -> message.skipBytes(4);
      case BYTES -> {
        long length = readVarint(message);
        if (length < 0 || length > message.readableBytes()) {
          throw new IndexOutOfBoundsException("a field of " + length + " bytes");
        }
        message.skipBytes((int) length);
      }
      default -> throw new IndexOutOfBoundsException("wire type " + wireType);
    }
  }

  private static void writeVarint(ByteBuf message, int value) {
    int rest = value;
    while (rest > 0x7f) {
      message.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    message.writeByte(rest);
  }

  private static long readVarint(ByteBuf message) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = message.readByte();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a varint of more than ten bytes");
  }
}
