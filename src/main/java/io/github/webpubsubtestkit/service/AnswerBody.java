package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.DataType;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall.Answer;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of an answer that a fault gives. */
final class AnswerBody {

  private AnswerBody() {}

  static void check(int status, Content body, String method) {
    if (!HttpResponse.mayHaveBody(status)) {
      throw new IllegalArgumentException(
          "an answer with "
              + status
              + " has no body: call answer("
              + status
              + "), or choose another status");
    }
    if (body.dataType() == DataType.PROTOBUF) {
      throw new IllegalArgumentException(
          "the body of " + method + " is a text, a JSON value or bytes, not protobuf");
    }
  }

  /** The answer, with the content type of its body unless its headers have one. */
  static Answer answer(
      int status,
      List<Map.Entry<String, String>> headers,
      @Nullable Content body,
      ObjectMapping mapping) {
    if (body == null) {
      return new Answer(status, headers, new byte[0]);
    }
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    if (headers.stream().noneMatch(each -> each.getKey().equalsIgnoreCase("Content-Type"))) {
      all.add(Map.entry("Content-Type", contentType(body.dataType())));
    }
    byte[] bytes =
        GivenContent.of(body.dataType().wireName(), body.value(), body.isPartial())
            .writtenBy(mapping)
            .payload()
            .bytes();
    return new Answer(status, all, bytes);
  }

  private static String contentType(DataType type) {
    return switch (type) {
      case TEXT -> "text/plain; charset=utf-8";
      case JSON -> "application/json";
      case BINARY, PROTOBUF -> "application/octet-stream";
    };
  }
}
