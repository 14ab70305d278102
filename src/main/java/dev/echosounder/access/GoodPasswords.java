package dev.echosounder.access;

import dev.echosounder.settings.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The newest good passwords, so that a scrape each second does not cost a hash each second. Kept
 * are no passwords but their HMACs by a key that only this object has. Used on one thread only.
 */
final class GoodPasswords {

  private static final int MOST = 256;
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac = newMac();
  private final Map<Key, Boolean> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** What is kept of a password: that of this user, with this hash. */
  record Key(ByteBuffer hmac) {}

  private static Mac newMac() {
    try {
      byte[] secret = new byte[32];
      new SecureRandom().nextBytes(secret);
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  Key key(BasicCredentials credentials, Secret hash) {
    update(credentials.user());
    update(hash.value());
    update(credentials.password().value());
    return new Key(ByteBuffer.wrap(mac.doFinal()));
  }

  /** A number that nobody can tell of a text, always the same. */
  int number(String text) {
    update(text);
    return ByteBuffer.wrap(mac.doFinal()).getInt();
  }

  // With its length, so that no two lists of texts are the same bytes.
  private void update(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    mac.update(bytes);
  }

  boolean has(Key key) {
    return kept.get(key) != null;
  }

  void add(Key key) {
    kept.put(key, true);
    if (kept.size() > MOST) {
      kept.remove(kept.keySet().iterator().next());
    }
  }
}
