package dev.echosounder.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Refuses a request that has both {@code Content-Length} and {@code Transfer-Encoding}. Netty's
 * decoder drops the length and goes on, which leaves no trace of it to a request handler; RFC 9112
 * section 6.1 lets a server refuse, and a proxy in front that believes the length would be smuggled
 * past.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

  StrictRequestDecoder(HttpServerOptions options) {
    super(options);
  }

  /** Whether bytes were read that are not a whole header section yet. */
  boolean hasUndecodedBytes() {
    return actualReadableBytes() > 0;
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    message.setDecoderResult(
        DecoderResult.failure(
            new IllegalArgumentException("both Content-Length and Transfer-Encoding")));
  }
}
