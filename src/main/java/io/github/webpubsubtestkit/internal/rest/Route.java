package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.Outcome;
import io.github.webpubsubtestkit.internal.hub.Outcome.Refused;
import io.github.webpubsubtestkit.internal.hub.ServerRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One operation of the API: where it is found, what is checked, what it asks. */
final class Route {

  /** Requirements of an operation beyond its names. */
  enum Trait {
    /** Takes no token. */
    ANONYMOUS,
    /** Refuses tokens that are signed with an access key (rest-api 8.9). */
    NO_ACCESS_KEY,
    /** Takes {@code filter} (rest-api 10). */
    FILTER,
    /** Takes {@code excluded} (rest-api 8.1). */
    EXCLUDED,
    /** Takes a message as body (rest-api 8.1). */
    MESSAGE,
    /** Takes groups and a filter as body (rest-api 8.6). */
    GROUPS
  }

  /** Looks at the query. */
  @FunctionalInterface
  interface Check {
    void check(RestCall call) throws RestException;
  }

  /** Makes of a call that has passed all checks what it asks. */
  @FunctionalInterface
  interface Reader {
    ServerRequest read(RestCall call) throws RestException;
  }

  /** Puts what has become of a call into an answer. */
  @FunctionalInterface
  interface Writer {
    HttpResponse write(RestCall call, Outcome outcome);
  }

  private final String method;
  private final String[] template;
  private final Operation operation;
  private final Map<PathVariable, Integer> variables = new EnumMap<>(PathVariable.class);
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private final List<Check> checks = new ArrayList<>();
  private @Nullable Reader reader;
  private @Nullable Writer writer;
  private String rating = "";

  private Route(String method, String path, Operation operation) {
    this.method = method;
    this.template = path.substring(1).split("/", -1);
    this.operation = operation;
    for (int i = 0; i < template.length; i++) {
      for (PathVariable variable : PathVariable.values()) {
        if (template[i].equals(variable.template())) {
          variables.put(variable, i);
        }
      }
    }
  }

  // ---- written once, in the table

  static Route route(String method, String path, Operation operation) {
    return new Route(method, path, operation);
  }

  Route with(Trait... more) {
    traits.addAll(List.of(more));
    return this;
  }

  Route checking(Check check) {
    checks.add(check);
    return this;
  }

  Route asks(Reader asked) {
    reader = asked;
    return this;
  }

  Route answers(int status) {
    return answers((call, outcome) -> RestResponses.empty(status));
  }

  Route answers(Writer answer) {
    writer = answer;
    return this;
  }

  /** The first part of the code of a refusal: how Azure rates it (rest-api 4). */
  Route refusesWith(String how) {
    rating = how;
    return this;
  }

  // ---- read for each call

  boolean matches(List<String> segments) {
    if (segments.size() != template.length) {
      return false;
    }
    for (int i = 0; i < template.length; i++) {
      if (!template[i].startsWith("{") && !template[i].equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  int length() {
    return template.length;
  }

  String method() {
    return method;
  }

  /** The operation. */
  Operation operation() {
    return operation;
  }

  /** The index of the segment of a variable, or -1. */
  int indexOf(PathVariable variable) {
    return variables.getOrDefault(variable, -1);
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  void checkQuery(RestCall call) throws RestException {
    for (Check check : checks) {
      check.check(call);
    }
  }

  /** Reads the request of a call that has passed all checks. */
  ServerRequest read(RestCall call) throws RestException {
    return Objects.requireNonNull(reader, operation::sdkName).read(call);
  }

  /** The answer to a call that was carried out. */
  HttpResponse answer(RestCall call, Outcome outcome) throws RestException {
    if (outcome instanceof Refused refused) {
      throw RestException.of(refused, rating);
    }
    return Objects.requireNonNull(writer, operation::sdkName).write(call, outcome);
  }
}
