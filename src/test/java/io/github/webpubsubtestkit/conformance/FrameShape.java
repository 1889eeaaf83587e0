package io.github.webpubsubtestkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/** What holds for every frame that a JSON client receives (client-protocols E.4, C307). */
final class FrameShape {

  private FrameShape() {}

  /** A frame of {@code json.webpubsub.azure.v1}. */
  static void assertPlain(String text) {
    JsonNode frame = WireJsonClient.tree(text);
    assertThat(frame.has("sequenceId")).as(text).isFalse();
    assertThat(frame.has("reconnectionToken")).as(text).isFalse();
    assertWhole(text, frame);
  }

  /** A frame of {@code json.reliable.webpubsub.azure.v1}. */
  static void assertReliable(String text) {
    JsonNode frame = WireJsonClient.tree(text);
    assertThat(frame.has("sequenceId")).as(text).isEqualTo(isType(frame, "message"));
    assertThat(frame.has("reconnectionToken")).as(text).isEqualTo(isConnected(frame));
    assertWhole(text, frame);
  }

  private static void assertWhole(String text, JsonNode frame) {
    frame
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("data")
                  && !(isConnected(frame) && field.getKey().equals("userId"))) {
                assertThat(field.getValue().isNull()).as(text).isFalse();
              }
            });
    if (isType(frame, "ack")) {
      if (frame.path("success").asBoolean()) {
        assertThat(frame.has("error")).as(text).isFalse();
      } else {
        assertThat(frame.path("error").path("name").isTextual()).as(text).isTrue();
        assertThat(frame.path("error").path("message").isTextual()).as(text).isTrue();
      }
    }
  }

  private static boolean isConnected(JsonNode frame) {
    return frame.path("event").asText().equals("connected");
  }

  private static boolean isType(JsonNode frame, String type) {
    return frame.path("type").asText().equals(type);
  }
}
