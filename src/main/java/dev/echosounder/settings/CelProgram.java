package dev.echosounder.settings;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A compiled expression of the Common Expression Language over a variable {@code body}. A class of
 * its own, so that nothing of CEL is loaded where no module uses it: it takes half a second.
 */
final class CelProgram {

  private static final String VARIABLE = "body";

  // Over all loops of one evaluation; of a body of 10 MiB an expression can make more.
  private static final int MOST_ITERATIONS = 1_000_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableRegexPartialMatch(true)
          .comprehensionMaxIterations(MOST_ITERATIONS)
          .build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar(VARIABLE, MapType.create(SimpleType.STRING, SimpleType.DYN))
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private final CelRuntime.Program program;

  private CelProgram(CelRuntime.Program program) {
    this.program = program;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none or can be anything but true or false
   */
  static CelProgram compile(String expression) {
    try {
      CelValidationResult result = COMPILER.compile(expression);
      if (result.hasError()) {
        throw new IllegalArgumentException(firstError(result));
      }
      CelAbstractSyntaxTree tree = result.getAst();
      CelType type = tree.getResultType();
      if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
        throw new IllegalArgumentException("it yields " + type.name() + ", not bool");
      }
      return new CelProgram(RUNTIME.createProgram(tree));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  // Without the list of what else there is, which fills a screen.
  private static String firstError(CelValidationResult result) {
    String message = result.getErrors().get(0).getMessage();
    int candidates = message.indexOf(" (candidates:");
    return candidates < 0 ? message : message.substring(0, candidates);
  }

  /** Puts a JSON text in. */
  JsonCondition.Outcome evaluate(String json, BooleanSupplier over) {
    return new JsonObjects(NullValue.NULL_VALUE, over)
        .parse(json)
        .map(this::evaluate)
        .orElseGet(() -> JsonCondition.Outcome.failure("the body is no JSON object"));
  }

  private JsonCondition.Outcome evaluate(Map<String, Object> body) {
    try {
      return program.eval(Map.of(VARIABLE, body)) instanceof Boolean value
          ? JsonCondition.Outcome.of(value)
          : JsonCondition.Outcome.failure("it is neither true nor false");
    } catch (CelEvaluationException | JsonObjects.EndException e) {
      return JsonCondition.Outcome.failure(e.getMessage());
    }
  }
}
