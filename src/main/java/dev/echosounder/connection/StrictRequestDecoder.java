package dev.echosounder.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Refuses what Netty's decoder tolerates of a request, wherever another program could read other
 * requests from the same bytes (RFC 9112 section 11.2): a request line that is not three words with
 * one space between (section 3), a version that is not 1.0 or 1.1 (section 2.3), a folded header
 * field or one without a name (section 5), {@code Transfer-Encoding} beside {@code Content-Length}
 * (section 6.1) or with anything but {@code chunked} (section 6.3), a chunk size that is more than
 * its digits (section 7.1).
 *
 * <p>What is refused comes out with a failed {@link DecoderResult}, as what Netty refuses does: a
 * request, or the content of one with {@link MalformedBodyException}. Nothing comes out after that.
 *
 * <p>Content comes out in buffers of the heap, which need not be released.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

  private final HeadLines head = new HeadLines();
  private ChunkLines chunks;
  private boolean inBody;
  private boolean refused;

  StrictRequestDecoder(HttpServerOptions options) {
    super(options);
  }

  /** Whether bytes were read that are not a whole header section yet. */
  boolean hasUndecodedBytes() {
    return actualReadableBytes() > 0;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (!refused) {
      strictly(ctx, in, out);
    }
    if (refused) {
      in.skipBytes(in.readableBytes());
    }
  }

  private void strictly(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (!inBody && head.hasFoldedField(in)) {
      out.add(failed(createInvalidMessage(), new IllegalArgumentException("a folded field")));
      return;
    }
    if (chunks != null && !chunks.accept(in)) {
      out.add(failed(new DefaultLastHttpContent(), new IllegalArgumentException("a chunk size")));
      return;
    }
    int decodedBefore = out.size();
    int start = in.readerIndex();
    super.decode(ctx, in, out);
    if (chunks != null) {
      chunks.consumed(in.readerIndex() - start);
    }
    for (int i = decodedBefore; i < out.size(); i++) {
      HttpObject decoded = unpooled((HttpObject) out.get(i));
      out.set(i, decoded);
      follow(decoded);
    }
  }

  /**
   * The same with content that nobody has to release. Vert.x copies pooled content too, but only
   * once its turn has come: what waits behind another request when the connection closes is never
   * released (VertxConnection, Vert.x 5.0.12).
   */
  private static HttpObject unpooled(HttpObject decoded) {
    if (!(decoded instanceof HttpContent content) || !content.content().isReadable()) {
      return decoded;
    }
    ByteBuf copy = Unpooled.buffer(content.content().readableBytes());
    copy.writeBytes(content.content());
    content.release();
    return content.replace(copy);
  }

  private void follow(HttpObject decoded) {
    if (decoded instanceof HttpRequest request) {
      head.ended();
      inBody = true;
      if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
        chunks = new ChunkLines();
        refuseOtherCodings(request);
      }
    }
    if (decoded.decoderResult().isFailure()) {
      failed(decoded, decoded.decoderResult().cause());
    } else if (decoded instanceof LastHttpContent) {
      inBody = false;
      chunks = null;
    }
  }

  private static void refuseOtherCodings(HttpRequest request) {
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (codings.size() != 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))) {
      request.setDecoderResult(
          DecoderResult.failure(new IllegalArgumentException("codings " + codings)));
    }
  }

  private HttpObject failed(HttpObject decoded, Throwable cause) {
    refused = true;
    boolean body = decoded instanceof HttpContent && !(decoded instanceof HttpRequest);
    decoded.setDecoderResult(
        DecoderResult.failure(body ? new MalformedBodyException(cause) : cause));
    return decoded;
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }

  @Override
  protected HttpMessage createMessage(String[] requestLine) {
    HeadLines.checkVersion(requestLine[2]);
    return super.createMessage(requestLine);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (length == 0) {
      throw new IllegalArgumentException("a field without a name");
    }
    return super.splitHeaderName(line, start, length);
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    head.firstWord(start, length);
    return super.splitFirstWordInitialLine(line, start, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    head.nextWord(line, start, length);
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    head.nextWord(line, start, length);
    return super.splitThirdWordInitialLine(line, start, length);
  }
}
