package dev.echosounder.hostile;

import dev.echosounder.testing.RawHttp2;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/**
 * Clients that do to a service, again and again and in any order, what the tables of hostile
 * requests say. They read what comes, or leave, or reset; what they hear is of no interest.
 */
public final class HostileCrowd implements AutoCloseable {

  private static final int THREADS = 2;
  private static final int PATIENCE_MILLIS = 1_000;

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
  private final AtomicLong deeds = new AtomicLong();
  private final SocketFactory sockets;
  private final int port;

  private interface Deed {
    void commit() throws IOException;
  }

  /**
   * Begins.
   *
   * @param sockets of a protocol below HTTP
   * @param http2 whether the deeds of HTTP/2 without TLS are among them
   * @param pause between two deeds of one client
   */
  public HostileCrowd(SocketFactory sockets, int port, boolean http2, Duration pause) {
    this.sockets = sockets;
    this.port = port;
    for (int i = 0; i < THREADS; i++) {
      List<Deed> all = new ArrayList<>(deeds(http2));
      Collections.shuffle(all);
      AtomicLong next = new AtomicLong();
      threads.scheduleWithFixedDelay(
          () -> commit(all.get((int) (next.getAndIncrement() % all.size()))),
          pause.toMillis(),
          pause.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  private List<Deed> deeds(boolean http2) {
    Stream<Deed> requests = Hostile.all().stream().map(hostile -> () -> send(hostile.bytes()));
    Stream<Http2Fault> faults =
        Stream.of(Http2Frames.TABLE, Http2Requests.TABLE).flatMap(List::stream);
    Stream<Deed> frames = http2 ? faults.map(fault -> () -> send(fault)) : Stream.of();
    return Stream.concat(requests, frames).toList();
  }

  private void commit(Deed deed) {
    deeds.incrementAndGet();
    try {
      deed.commit();
    } catch (IOException refused) {
      // As it should be.
    }
  }

  private void send(String bytes) throws IOException {
    try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      switch (ThreadLocalRandom.current().nextInt(3)) {
        case 0 -> socket.setSoLinger(true, 0);
        case 1 -> socket.getInputStream().read();
        default -> socket.getInputStream().readAllBytes();
      }
    } catch (SocketTimeoutException nothingCame) {
      // It leaves.
    }
  }

  private void send(Http2Fault fault) throws IOException {
    try (RawHttp2 client = new RawHttp2(port)) {
      fault.deed().on(client);
      if (ThreadLocalRandom.current().nextBoolean()) {
        client.until(fault.heard());
      }
    }
  }

  /** How many there were so far. */
  public long deeds() {
    return deeds.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
