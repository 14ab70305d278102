package dev.echosounder.dial;

import io.vertx.core.internal.ContextInternal;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a visit in any protocol begins with: a name becomes addresses, an address a connection, and
 * a connection a secure one. One for all probers of an event loop.
 *
 * @param context of that event loop; what the stages have opened is closed with it
 */
public record Stages(
    ContextInternal context, Resolver resolver, Dialer dialer, Tls tls, Workers workers) {

  /**
   * The stages on one event loop.
   *
   * @param trust decides on certificates where a module names no authorities
   */
  public static Stages on(ContextInternal context, X509ExtendedTrustManager trust) {
    return new Stages(
        context,
        new Resolver(context),
        new Dialer(context),
        new Tls(context, trust),
        new Workers(context));
  }
}
