package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.hub.Outcome;
import org.jspecify.annotations.Nullable;

/** A call that is refused: status and, where the service has one, an error body (rest-api 4). */
final class RestException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final String INVALID_GROUP =
      "Invalid group name. Valid group name should be in between 1 and 1024 characters long.";

  /** The form of the body (rest-api 4.1). */
  enum Form {
    /** Code, message, target and two empty properties. */
    ERROR,
    /** A problem document: what is wrong with a filter, or with the groups of a body. */
    PROBLEM,
    /** The same document as plain JSON: a value in the query is not of its type. */
    UNBOUND_VALUE,
    /** The emulator's: code, message and target. */
    EMULATOR
  }

  private final int status;
  private final @Nullable String code;
  private final @Nullable String target;
  private final @Nullable String header;
  private Form form = Form.ERROR;
  private @Nullable RestException inEmulator;
  private String remark = "";

  private RestException(
      int status,
      @Nullable String code,
      String message,
      @Nullable String target,
      @Nullable String header) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.target = target;
    this.header = header;
  }

  private RestException as(Form other) {
    form = other;
    return this;
  }

  /** Adds what only the record says: the service itself does not. */
  RestException remark(String text) {
    remark = text;
    return this;
  }

  /** What is wrong, for people. */
  String reason() {
    return remark.isEmpty() ? message() : message() + " " + remark;
  }

  private RestException inEmulator(RestException other) {
    inEmulator = other;
    return this;
  }

  static RestException badRequest(String message) {
    return badRequest(message, "Request");
  }

  static RestException badRequest(String message, String target) {
    return new RestException(400, "Error.BadRequest", message, target, null);
  }

  /** A filter that is wrong. The emulator does not say where it stood. */
  static RestException invalidFilter(String message, String target) {
    return badRequest(message, target).as(Form.PROBLEM).inEmulator(badRequest(message));
  }

  /** The groups of a body are missing, or one of them is none. */
  static RestException invalidGroups() {
    return badRequest(INVALID_GROUP, "Groups")
        .as(Form.PROBLEM)
        .inEmulator(badRequest("A nonempty list of valid group names is required."));
  }

  /** A name that cannot be a group's. */
  static RestException invalidGroup() {
    return badRequest(INVALID_GROUP);
  }

  /**
   * A value in the query that is not of the type of its parameter.
   *
   * @param inEmulator what the emulator says
   */
  static RestException unboundValue(String parameter, String value, RestException inEmulator) {
    return badRequest("The value '" + value + "' is not valid.", parameter)
        .as(Form.UNBOUND_VALUE)
        .inEmulator(inEmulator);
  }

  /** The same refusal as the emulator words it. */
  RestException likeEmulator() {
    return (inEmulator == null ? this : inEmulator).as(Form.EMULATOR);
  }

  /** rest-api 2.4: an empty body; the reason goes into {@code WWW-Authenticate}. */
  static RestException unauthorized(String reason, String challenge) {
    return new RestException(401, null, reason, null, challenge);
  }

  /**
   * A call that passed all checks and is not carried out (rest-api 4.2).
   *
   * @param rating how its operation rates it: {@code Error}, {@code Warning}, {@code Info}
   */
  static RestException of(Outcome.Refused refused, String rating) {
    return switch (refused.reason()) {
      case NO_CONNECTION, NO_PERMISSION -> notExisted(rating, "Connection", refused.message());
      case NO_USER -> notExisted(rating, "User", refused.message());
      case EMPTY_GROUP -> notExisted(rating, "Group", refused.message());
      case LIMIT_REACHED -> conflict(refused.message());
    };
  }

  private static RestException notExisted(String rating, String what, String message) {
    return new RestException(404, rating + "." + what + ".NotExisted", message, what, null);
  }

  private static RestException conflict(String message) {
    return new RestException(409, "Error.Connection.Conflict", message, "Connection", null);
  }

  static RestException noSuchRoute() {
    return new RestException(404, null, "no such route", null, null);
  }

  static RestException wrongVerb(String allowed) {
    return new RestException(405, null, "this path takes " + allowed, null, allowed);
  }

  static RestException unsupportedMediaType(String reason) {
    return new RestException(415, null, reason, null, null);
  }

  static RestException notImplemented(String message) {
    return new RestException(501, "NotImplemented", message, "Request", null);
  }

  int status() {
    return status;
  }

  Form form() {
    return form;
  }

  /** The error code; null if the answer has an empty body. */
  @Nullable String code() {
    return code;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  @Nullable String target() {
    return target;
  }

  /** The challenge of a 401 or the allowed verbs of a 405. */
  @Nullable String header() {
    return header;
  }
}
