package dev.echosounder.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of HTTP/2 that sends the very frames it is told to (RFC 9113 section 4.1), and keeps
 * what it hears as lines such as {@code "1 status 200"}, {@code "1 reset PROTOCOL_ERROR"}, {@code
 * "goaway ENHANCE_YOUR_CALM"}.
 */
public final class RawHttp2 implements AutoCloseable {

  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PUSH_PROMISE = 5;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int ACK = 1;
  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;
  public static final int PADDED = 8;
  public static final int WITH_PRIORITY = 0x20;

  private static final int PRIORITY_BYTES = 5;

  /** The client's part of the connection preface before its SETTINGS (RFC 9113 section 3.4). */
  public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private static final int PATIENCE_MILLIS = 15_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false);
  private final List<String> heard = new ArrayList<>();

  /** Connects, and sends nothing yet. */
  public RawHttp2(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** On a connection that is open, such as one of TLS; sends nothing yet. */
  public RawHttp2(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Sends the preface and these settings, each an identifier and a value. */
  public RawHttp2 greet(long... settings) throws IOException {
    ByteBuf payload = Unpooled.buffer();
    for (int i = 0; i < settings.length; i += 2) {
      payload.writeShort((int) settings[i]).writeInt((int) settings[i + 1]);
    }
    return send(PREFACE).frame(SETTINGS, 0, 0, bytes(payload));
  }

  /** Sends bytes of ISO 8859-1 text. */
  public RawHttp2 send(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Sends a frame. */
  public RawHttp2 frame(int type, int flags, int stream, byte... payload) throws IOException {
    ByteBuf frame = Unpooled.buffer();
    frame.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
    write(bytes(frame.writeBytes(payload)));
    return this;
  }

  /** Sends a request that ends with its header section: GET of a path. */
  public RawHttp2 get(int stream, String path) throws IOException {
    return frame(HEADERS, END_STREAM | END_HEADERS, stream, fields(request("GET", path)));
  }

  /** The fields of a request as names and values by turns. */
  public static String[] request(String method, String path, String... more) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(":method", method, ":scheme", "http", ":path", path, ":authority", "a"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** Names and values by turns as literals without an index (RFC 7541 section 6.2.2). */
  public static byte[] fields(String... namesAndValues) {
    ByteBuf block = Unpooled.buffer();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.writeByte(0);
      text(block, namesAndValues[i]);
      text(block, namesAndValues[i + 1]);
    }
    return bytes(block);
  }

  private static void text(ByteBuf block, String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    if (octets.length < 0x7f) {
      block.writeByte(octets.length);
    } else {
      block.writeByte(0x7f);
      int rest = octets.length - 0x7f;
      for (; rest >= 0x80; rest >>>= 7) {
        block.writeByte((rest & 0x7f) | 0x80);
      }
      block.writeByte(rest);
    }
    block.writeBytes(octets);
  }

  /** A number of four bytes. */
  public static byte[] number(long value) {
    return bytes(Unpooled.buffer().writeInt((int) value));
  }

  private static byte[] bytes(ByteBuf buffer) {
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  /** What the server does not take any more is lost; what it says of it is heard later. */
  private void write(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException closed) {
      heard.add("cannot send");
    }
  }

  /** Listens until a line is heard, or the connection ends. */
  public List<String> until(String line) throws IOException {
    while (!heard.contains(line) && !heard.contains("closed")) {
      heard.addAll(next());
    }
    return List.copyOf(heard);
  }

  /** Listens until the connection ends. */
  public List<String> untilClosed() throws IOException {
    return until("closed");
  }

  private List<String> next() throws IOException {
    try {
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      ByteBuf payload = Unpooled.wrappedBuffer(in.readNBytes(length));
      return lines(type, flags, stream, payload);
    } catch (SocketTimeoutException e) {
      return List.of("nothing more", "closed");
    } catch (IOException e) {
      return List.of("closed");
    }
  }

  private List<String> lines(int type, int flags, int stream, ByteBuf payload) {
    List<String> lines = new ArrayList<>();
    switch (type) {
      case HEADERS -> {
        payload.skipBytes((flags & WITH_PRIORITY) != 0 ? PRIORITY_BYTES : 0);
        lines.add(stream + " status " + status(stream, payload));
      }
      case RST_STREAM -> lines.add(stream + " reset " + error(payload.readInt()));
      case GOAWAY -> lines.add("goaway " + error(payload.skipBytes(4).readInt()));
      case PING -> lines.add("ping" + (flags == ACK ? " ack" : ""));
      case SETTINGS -> lines.add("settings" + (flags == ACK ? " ack" : ""));
      default -> {}
    }
    if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
      lines.add(stream + " end");
    }
    return lines;
  }

  private String status(int stream, ByteBuf block) {
    try {
      return headers.decodeHeaders(stream, block).status().toString();
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String error(int code) {
    return Http2Error.valueOf(code).name();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
