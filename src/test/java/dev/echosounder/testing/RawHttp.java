package dev.echosounder.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that sends the very bytes it is told to. */
public final class RawHttp implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;

  public RawHttp(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** On a connection that is open, such as one of TLS. */
  public RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  /** Sends bytes of ISO 8859-1 text. */
  public RawHttp send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Whether there is something to read. */
  public boolean hasAnswer() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /** The head of the next answer, up to and without the empty line. */
  public String head() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        break;
      }
      head.append((char) octet);
    }
    return head.toString().trim();
  }

  /** The next bytes. */
  public String read(int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
  }

  /** Everything until the server closes. */
  public String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Sends one request on a connection of its own and reads all of the answer. */
  public static String exchange(int port, String request) throws IOException {
    return exchange(port, request, Duration.ofMillis(PATIENCE_MILLIS));
  }

  /** The same, where no byte may take longer than that. */
  public static String exchange(int port, String request, Duration patience) throws IOException {
    try (RawHttp client = new RawHttp(port)) {
      client.socket.setSoTimeout((int) patience.toMillis());
      return client.send(request).readAll();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
