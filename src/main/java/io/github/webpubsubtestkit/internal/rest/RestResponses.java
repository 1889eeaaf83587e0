package io.github.webpubsubtestkit.internal.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.webpubsubtestkit.internal.rest.RestException.Form;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The answers of the API (rest-api 3, 4, 7, 12). */
final class RestResponses {

  private static final String JSON = "application/json; charset=utf-8";
  private static final String PROBLEM = "application/problem+json; charset=utf-8";
  private static final JsonFactory FACTORY = new JsonFactory();

  private static final HttpHeaders VERSIONS =
      HttpHeaders.of("api-supported-versions", ApiVersions.SUPPORTED);

  private static final HttpResponse OK = HttpResponse.of(200, VERSIONS);
  private static final HttpResponse ACCEPTED = HttpResponse.of(202, VERSIONS);
  private static final HttpResponse NO_CONTENT = HttpResponse.of(204, VERSIONS);

  private RestResponses() {}

  /** A success without a body. */
  static HttpResponse empty(int status) {
    return switch (status) {
      case 200 -> OK;
      case 202 -> ACCEPTED;
      case 204 -> NO_CONTENT;
      default -> HttpResponse.of(status, VERSIONS);
    };
  }

  /** The answer to a question for the state of the service, which is no operation of a version. */
  static HttpResponse healthy() {
    return HttpResponse.of(200);
  }

  /** A success with a JSON body. */
  static HttpResponse json(byte[] body) {
    return new HttpResponse(200, VERSIONS.with("Content-Type", JSON), body);
  }

  /**
   * A refusal.
   *
   * @param ofOperation whether the call got as far as an operation; routing errors do not name the
   *     versions
   */
  static HttpResponse error(RestException refused, boolean ofOperation) {
    boolean problem = isProblem(refused);
    HttpHeaders headers = ofOperation && !problem ? VERSIONS : HttpHeaders.none();
    String header = refused.header();
    if (header != null) {
      headers = headers.with(refused.status() == 405 ? "Allow" : "WWW-Authenticate", header);
    }
    String code = refused.code();
    if (code == null) {
      return HttpResponse.of(refused.status(), headers);
    }
    headers = headers.with("x-ms-error-code", code);
    String type = refused.form() == Form.PROBLEM ? PROBLEM : JSON;
    return new HttpResponse(
        refused.status(), headers.with("Content-Type", type), body(code, refused));
  }

  /**
   * Returns whether the body is a problem document, which is written before an operation is
   * reached.
   */
  private static boolean isProblem(RestException refused) {
    return refused.form() == Form.PROBLEM || refused.form() == Form.UNBOUND_VALUE;
  }

  private static byte[] body(String code, RestException refused) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("code", code);
      json.writeStringField("message", refused.message());
      json.writeStringField("target", refused.target());
      if (isProblem(refused)) {
        problem(json, refused);
      } else if (refused.form() == Form.ERROR) {
        json.writeNullField("details");
        json.writeNullField("inner");
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void problem(JsonGenerator json, RestException refused) throws IOException {
    json.writeObjectFieldStart("errors");
    json.writeArrayFieldStart(String.valueOf(refused.target()));
    json.writeString(refused.message());
    json.writeEndArray();
    json.writeEndObject();
    json.writeNullField("type");
    json.writeStringField("title", "One or more validation errors occurred.");
    json.writeNumberField("status", refused.status());
    json.writeNullField("detail");
    json.writeNullField("instance");
    json.writeObjectFieldStart("extensions");
    json.writeEndObject();
  }
}
