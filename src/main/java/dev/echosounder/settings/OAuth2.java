package dev.echosounder.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a bearer token comes from: the client credentials grant (RFC 6749 section 4.4).
 *
 * @param clientId the client's name
 * @param clientSecret its password
 * @param tokenUrl the token endpoint, http or https
 * @param scopes what is asked for
 * @param endpointParams further parameters of the token request
 * @param tls how TLS is done with the token endpoint
 * @param proxy the way to the token endpoint
 */
public record OAuth2(
    String clientId,
    Secret clientSecret,
    TargetUrl tokenUrl,
    List<String> scopes,
    Map<String, Secret> endpointParams,
    TlsOptions tls,
    ProxyOptions proxy) {

  public OAuth2 {
    Objects.requireNonNull(clientId, "clientId");
    Objects.requireNonNull(clientSecret, "clientSecret");
    Objects.requireNonNull(tokenUrl, "tokenUrl");
    scopes = List.copyOf(scopes);
    endpointParams = Map.copyOf(endpointParams);
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(proxy, "proxy");
  }
}
