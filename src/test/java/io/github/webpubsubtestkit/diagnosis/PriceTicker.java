package io.github.webpubsubtestkit.diagnosis;

import static com.azure.messaging.webpubsub.models.WebPubSubContentType.TEXT_PLAIN;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Protocol.PROTOBUF;
import static io.github.webpubsubtestkit.diagnosis.Seeded.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.google.protobuf.Any;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Int64Value;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Prices and measurements in several forms. */
@WebPubSubTest
class PriceTicker {

  @Seeded("one-of-120-texts")
  void everyTickComes(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    new Ticks(ServerSdk.client(service.connectionString())).publish(120);

    service.awaitIdle(); // the text shows all that came
    assertThat(alice)
        .within(SOON)
        .receivesExactly(IntStream.range(0, 120).mapToObj(i -> "tick " + i).toArray(String[]::new));
  }

  record Ticks(WebPubSubServiceClient azure) {

    void publish(int count) {
      for (int i = 0; i < count; i++) {
        azure.sendToAll("tick " + i + (i == 70 ? " (corrected)" : ""), TEXT_PLAIN);
      }
    }
  }

  @Seeded("thread-died")
  void pricesFollowEachOther(
      FakeWebPubSub service, @Connected(userId = "alice", groups = "acme") PubSubClient alice) {
    Exchange exchange = new Exchange(ServerSdk.client(service.connectionString()));
    exchange.open(List.of("42.00", "43,10", "44.00"));
    assertThat(alice).receivesText("ACME 42.00");

    assertThat(alice).within(SOON).receivesText("ACME 43.10");
  }

  static final class Exchange {
    private final WebPubSubServiceClient azure;
    private final List<Throwable> log = new CopyOnWriteArrayList<>();

    Exchange(WebPubSubServiceClient azure) {
      this.azure = azure;
    }

    void open(List<String> prices) {
      Thread publisher = new Thread(() -> prices.forEach(this::publish), "publisher");
      publisher.setUncaughtExceptionHandler((thread, exception) -> log.add(exception));
      publisher.start();
    }

    private void publish(String price) {
      if (Double.parseDouble(price) > 0) {
        azure.sendToGroup("acme", "ACME " + price, TEXT_PLAIN);
      }
    }
  }

  private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  @Seeded("base64-as-text")
  void theChartIsAPicture(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    new Charts(ServerSdk.client(service.connectionString())).publish(PICTURE);

    assertThat(alice).within(SOON).receivesBinary(PICTURE);
  }

  record Charts(WebPubSubServiceClient azure) {

    void publish(byte[] picture) {
      azure.sendToAll(Base64.getEncoder().encodeToString(picture), TEXT_PLAIN);
    }
  }

  @Seeded("any-sent-as-binary")
  void theSensorSeesItsLimit(
      FakeWebPubSub service,
      @Connected(userId = "sensor-1", protocol = PROTOBUF) PubSubClient sensor) {
    new Limits(ServerSdk.client(service.connectionString())).set(54_010);

    assertThat(sensor).within(SOON).receivesProtobuf(Int32Value.of(54_010));
  }

  record Limits(WebPubSubServiceClient azure) {

    void set(int limit) {
      azure.sendToAllWithResponse(
          BinaryData.fromBytes(Any.pack(Int32Value.of(limit)).toByteArray()),
          ServerSdk.contentType("application/octet-stream"));
    }
  }

  @Seeded("other-protobuf-type")
  void theControlRoomSeesTheMeasurement(
      FakeWebPubSub service,
      @Connected(userId = "alice", groups = "measurements", protocol = PROTOBUF)
          PubSubClient alice) {
    new Sensor(service.clientUrl(asUser("sensor-1").protocol(PROTOBUF))).measured(54_010);

    assertThat(alice).within(SOON).receivesProtobuf(Int32Value.of(54_010));
  }

  /** A client that writes its frames by hand, as small devices do. */
  record Sensor(URI url) {

    void measured(long value) {
      Any data = Any.pack(Int64Value.of(value));
      byte[] frame =
          message(
              1,
              bytes -> {
                bytes.writeString(1, "measurements");
                bytes.writeByteArray(3, message(3, data::writeTo));
              });
      WebSocketApplication.open(url, WebSocketApplication.PROTOBUF).send(frame);
    }

    private static byte[] message(int field, Writer content) {
      ByteArrayOutputStream outer = new ByteArrayOutputStream();
      ByteArrayOutputStream inner = new ByteArrayOutputStream();
      try {
        CodedOutputStream fields = CodedOutputStream.newInstance(inner);
        content.writeTo(fields);
        fields.flush();
        CodedOutputStream whole = CodedOutputStream.newInstance(outer);
        whole.writeByteArray(field, inner.toByteArray());
        whole.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return outer.toByteArray();
    }

    private interface Writer {
      void writeTo(CodedOutputStream fields) throws IOException;
    }
  }
}
