package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One operation of the API: where it is found, what is checked, what it does. */
final class Route {

  /** What an operation wants beyond its names. */
  enum Trait {
    /** Takes no token. */
    ANONYMOUS,
    /** Refuses tokens that are signed with an access key (rest-api 8.9). */
    NO_ACCESS_KEY,
    /** Takes {@code filter} (rest-api 10). */
    FILTER,
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

  /** Something that cannot fail, so that its answer is known before it is done. */
  @FunctionalInterface
  interface Effect {
    void apply(RestCall call);
  }

  /** Something whose answer depends on what it finds. */
  @FunctionalInterface
  interface Inquiry {
    HttpResponse answer(RestCall call) throws RestException;
  }

  private final String method;
  private final String[] template;
  private final String operation;
  private final Map<PathVariable, Integer> variables = new EnumMap<>(PathVariable.class);
  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  private final List<Check> checks = new ArrayList<>();
  private @Nullable Inquiry action;
  private int certainStatus;

  private Route(String method, String path, String operation) {
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

  static Route route(String method, String path, String operation) {
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

  Route does(int status, Effect effect) {
    certainStatus = status;
    return answers(
        call -> {
          effect.apply(call);
          return RestResponses.empty(status);
        });
  }

  Route answers(Inquiry inquiry) {
    action = inquiry;
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

  /** The name that SDKs give the operation. */
  String operation() {
    return operation;
  }

  /** Which segment a variable is, or -1. */
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

  /** What is done when all checks have passed. */
  Inquiry action() {
    return Objects.requireNonNull(action, operation);
  }

  /** The status, if it is certain before the action; else 0. */
  int certainStatus() {
    return certainStatus;
  }
}
