package dev.echosounder.protocol;

import dev.echosounder.settings.TargetUrl;
import io.netty.channel.Channel;
import java.util.Optional;

/**
 * A connection on which one request can be sent.
 *
 * @param socket the connection itself, to be closed in the end
 * @param channel where the request is written: the connection, or a stream on it
 * @param http2 whether it is a stream of HTTP/2
 * @param forwarder the proxy that is asked in absolute form, if one is
 */
record HttpConnection(
    Channel socket, Channel channel, boolean http2, Optional<TargetUrl> forwarder) {}
