package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Workers;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.HttpOptions.TlsUse;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Judges one answer, in blackbox_exporter's order: status, headers, body by regular expressions and
 * by conditions, version, TLS. The first failure is the reason. Used once, by one thread.
 */
final class HttpJudge {

  // What the objects of a JSON text can take, against the text.
  private static final int JSON_FACTOR = 16;

  // A slow expression takes 5 ms for each KiB.
  private static final int SHORT_BODY = 64 * 1024;

  private final HttpOptions options;
  private final HttpAnswer answer;
  private final BodyPlan plan;
  private final BodyBuffer body;
  private final BooleanSupplier over;
  private final Map<Measure, Double> measures = new EnumMap<>(Measure.class);

  /**
   * @param over whether nobody waits for the verdict any more
   */
  HttpJudge(
      HttpOptions options,
      BodyPlan plan,
      HttpAnswer answer,
      BodyBudget budget,
      BooleanSupplier over) {
    this.options = options;
    this.plan = plan;
    this.answer = answer;
    this.body = plan.coding().isPresent() ? plan.decoded(budget) : answer.body();
    this.over = over;
  }

  /** Decodes the body, where that is asked for. Before the verdict; not for an event loop. */
  Void decode() {
    BodyBuffer received = answer.body();
    received.failure().ifPresent(body::fail);
    if (body.failure().isEmpty()) {
      byte[] coded = received.bytes();
      received
          .failure()
          .ifPresentOrElse(
              body::fail, () -> Decoding.decode(coded, plan.coding().orElseThrow(), body, over));
    }
    measures.put(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, (double) body.length());
    return null;
  }

  /** Where the verdict is found; empty for an event loop. Once the body is decoded. */
  Optional<Workers.Lane> lane() {
    boolean takesLong = plan.kept() > 0 || options.checks().matchHeaders();
    return takesLong
        ? Optional.of(body.kept() > SHORT_BODY ? Workers.Lane.LONG : Workers.Lane.SHORT)
        : Optional.empty();
  }

  /** The verdict. */
  Verdict judge() {
    try {
      Optional<ProbeFailure> failure = failure();
      return new Verdict(failure, measures, shown());
    } finally {
      body.release();
    }
  }

  private Optional<ProbeFailure> failure() {
    HttpOptions.Checks checks = options.checks();
    if (checks.matchHeaders() || checks.matchBody()) {
      measures.put(Measure.FAILED_DUE_TO_REGEX, 0.0);
    }
    if (checks.readJson()) {
      measures.put(Measure.FAILED_DUE_TO_CEL, 0.0);
    }
    return Stream.<Supplier<Optional<ProbeFailure>>>of(
            this::status, this::headers, this::body, this::version, this::tls)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<ProbeFailure> status() {
    if (options.checks().statusCodes().accepts(answer.statusCode())) {
      return Optional.empty();
    }
    // One that has a Location does not get here.
    boolean leadsNowhere =
        options.request().followRedirects() && Redirect.isRedirect(answer.head());
    return failed(
        leadsNowhere ? Reason.REDIRECT : Reason.STATUS, "the status is " + answer.statusCode());
  }

  private Optional<ProbeFailure> headers() {
    return flagged(
        Measure.FAILED_DUE_TO_REGEX,
        HeaderChecks.failure(options.checks(), answer.head().headers()));
  }

  private Optional<ProbeFailure> body() {
    HttpOptions.Checks checks = options.checks();
    if (body.failure().isPresent() || (!checks.matchBody() && !checks.readJson())) {
      return body.failure();
    }
    String text = body.text();
    if (checks.readJson()) {
      body.reserve(JSON_FACTOR * body.length());
    }
    return body.failure().or(() -> regex(text)).or(() -> cel(text));
  }

  private Optional<ProbeFailure> regex(String text) {
    return flagged(
        Measure.FAILED_DUE_TO_REGEX, BodyChecks.regexFailure(options.checks(), text, over));
  }

  private Optional<ProbeFailure> cel(String text) {
    return flagged(Measure.FAILED_DUE_TO_CEL, BodyChecks.jsonFailure(options.checks(), text, over));
  }

  private Optional<ProbeFailure> version() {
    Set<String> versions = options.checks().versions();
    String version = answer.head().protocolVersion().text();
    return versions.isEmpty() || versions.contains(version)
        ? Optional.empty()
        : failed(Reason.ASSERTION, "the version is " + version);
  }

  private Optional<ProbeFailure> tls() {
    return options.checks().tls() == (answer.secure() ? TlsUse.FORBIDDEN : TlsUse.REQUIRED)
        ? failed(Reason.ASSERTION, answer.secure() ? "it came over TLS" : "it came without TLS")
        : Optional.empty();
  }

  private Optional<ProbeFailure> flagged(Measure measure, Optional<ProbeFailure> failure) {
    failure.ifPresent(present -> measures.put(measure, 1.0));
    return failure;
  }

  private static Optional<ProbeFailure> failed(Reason reason, String how) {
    return Optional.of(new ProbeFailure(reason, how));
  }

  private Optional<String> shown() {
    return plan.shown() > 0 ? Optional.of(body.beginning(plan.shown())) : Optional.empty();
  }
}
