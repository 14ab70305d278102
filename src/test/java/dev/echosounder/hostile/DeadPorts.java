package dev.echosounder.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Ports of 127.0.0.1 where nobody answers, for as long as this is open. */
final class DeadPorts implements AutoCloseable {

  private static final int MORE_THAN_IT_TAKES = 8;

  private final SocketChannel deaf;
  private final ServerSocket full;
  private final List<SocketChannel> waiting = new ArrayList<>();

  DeadPorts() throws IOException {
    deaf = SocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    for (int i = 0; i < MORE_THAN_IT_TAKES; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.connect(full.getLocalSocketAddress());
      waiting.add(channel);
    }
  }

  /** One that refuses connections. */
  int closed() throws IOException {
    return ((InetSocketAddress) deaf.getLocalAddress()).getPort();
  }

  /** One whose queue is full, so that the kernel drops whoever else wants to connect. */
  int full() {
    return full.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : waiting) {
      channel.close();
    }
    full.close();
    deaf.close();
  }
}
