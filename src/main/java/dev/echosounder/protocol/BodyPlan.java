package dev.echosounder.protocol;

import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.HttpOptions.Coding;
import java.util.Optional;

/**
 * What is done with the body of an answer.
 *
 * @param coding the content coding it is decoded from
 * @param limit the longest one that is good, in bytes, decoded
 * @param kept how much is kept of it, decoded
 * @param shown how much of that is shown to people
 */
record BodyPlan(Optional<Coding> coding, long limit, long kept, int shown) {

  // Of what is kept as a whole, or decoded, where no limit is configured.
  private static final long DEFAULT_LIMIT = 10 * 1024 * 1024;

  // What cannot be compressed becomes a little longer.
  private static final long CODING_OVERHEAD = 64 * 1024;

  /**
   * The plan of a module.
   *
   * @param debug whether anybody looks at the body
   */
  static BodyPlan of(HttpOptions options, boolean debug) {
    HttpOptions.ResponseBody body = options.body();
    boolean checked = options.checks().matchBody() || options.checks().readJson();
    boolean bounded = checked || body.coding().isPresent();
    long limit = body.sizeLimit().orElse(bounded ? DEFAULT_LIMIT : Long.MAX_VALUE);
    int shown = debug ? body.debugBytes() : 0;
    return new BodyPlan(body.coding(), limit, checked ? limit : Math.min(shown, limit), shown);
  }

  /** All of a short body, as it comes. */
  static BodyPlan whole(long limit) {
    return new BodyPlan(Optional.empty(), limit, limit, 0);
  }

  /** Whether decoding takes so much memory (16 MiB for brotli) that it is done one by one. */
  boolean oneAtATime() {
    return coding.filter(Coding.BR::equals).isPresent();
  }

  /** For the body as it is received. */
  BodyBuffer received(BodyBudget budget) {
    if (coding.isEmpty()) {
      return new BodyBuffer(limit, kept, budget);
    }
    long coded = Math.min(limit, Long.MAX_VALUE - CODING_OVERHEAD) + CODING_OVERHEAD;
    return new BodyBuffer(coded, coded, budget);
  }

  /** For the body as it is decoded. */
  BodyBuffer decoded(BodyBudget budget) {
    return new BodyBuffer(limit, kept, budget);
  }
}
