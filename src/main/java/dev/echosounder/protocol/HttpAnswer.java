package dev.echosounder.protocol;

import io.netty.handler.codec.http.HttpResponse;

/**
 * An answer that was received as far as it is of interest.
 *
 * @param head its protocol version is the one that was spoken
 * @param secure whether it came over TLS
 * @param body released by whoever has the answer
 */
record HttpAnswer(HttpResponse head, boolean secure, BodyBuffer body) {

  int statusCode() {
    return head.status().code();
  }
}
