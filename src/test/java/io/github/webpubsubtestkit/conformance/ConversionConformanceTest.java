package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.ProtobufBytes.hex;
import static io.github.webpubsubtestkit.conformance.ProtobufBytes.message;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Client-protocols E.7: whatever a producer of any kind publishes to a group reaches a member of
 * any kind as that kind has it, frame by frame.
 */
class ConversionConformanceTest {

  private static final String TEXT = "h\u00e9 \"y\" \\ \ud83d\ude00";
  private static final String JSON = "{\"b\": 1.50, \"a\":[2e3,\"\\u0041\"]}";
  private static final byte[] BINARY = {0, -1, 65};
  private static final byte[] ANY = hex("0A 03 74 2F 78 12 02 08 01");
  private static final String ROOM = "room";

  /** What a receiver must get, apart from its envelope. */
  private record Data(String type, byte[] bytes, boolean metadata) {

    static Data text(String text) {
      return new Data("text", text.getBytes(UTF_8), false);
    }

    static Data json() {
      return new Data("json", JSON.getBytes(UTF_8), false);
    }

    static Data binary() {
      return new Data("binary", BINARY, false);
    }

    static Data any() {
      return new Data("protobuf", ANY, false);
    }

    Data withMetadata() {
      return new Data(type, bytes, true);
    }
  }

  private record Producer(String name, Consumer<FakeFixture> send, Data data) {
    @Override
    public String toString() {
      return name;
    }
  }

  private interface Receiver {
    /** Connects a member of the group; the result looks at the next frame. */
    Consumer<Data> join(FakeFixture fixture);
  }

  private static List<Producer> producers() {
    List<Producer> all = new ArrayList<>();
    all.add(raw("text", wire -> wire.sendText(TEXT), Data.text(TEXT)));
    all.add(raw("empty text", wire -> wire.sendText(""), Data.text("")));
    all.add(raw("binary", wire -> wire.sendBinary(BINARY), Data.binary()));
    all.add(jsonClient("text", "'dataType':'text','data':'%s'", quoted(TEXT), Data.text(TEXT)));
    all.add(jsonClient("json", "'dataType':'json','data':%s", JSON, Data.json()));
    all.add(jsonClient("json by default", "'data':%s", JSON, Data.json()));
    all.add(jsonClient("binary", "'dataType':'binary','data':'%s'", base64(BINARY), Data.binary()));
    all.add(
        jsonClient(
            "metadata",
            "'dataType':'text','data':'x','metadata':{'k':'%s'}",
            "v",
            Data.text("x").withMetadata()));
    all.add(
        jsonClient("metadata only", "'metadata':{'k':'%s'}", "v", Data.text("").withMetadata()));
    all.add(
        protobufClient("text", message().message(3, message().string(1, TEXT)), Data.text(TEXT)));
    all.add(protobufClient("json", message().message(3, message().string(4, JSON)), Data.json()));
    all.add(
        protobufClient("binary", message().message(3, message().bytes(2, BINARY)), Data.binary()));
    all.add(protobufClient("Any", message().message(3, message().bytes(3, ANY)), Data.any()));
    all.add(
        protobufClient(
            "metadata",
            message().message(3, message().bytes(3, ANY)).message(6, metadata()),
            Data.any().withMetadata()));
    all.add(
        protobufClient(
            "metadata only", message().message(6, metadata()), Data.text("").withMetadata()));
    all.add(rest("text/plain", TEXT.getBytes(UTF_8), Data.text(TEXT)));
    all.add(rest("application/json", JSON.getBytes(UTF_8), Data.json()));
    all.add(rest("application/octet-stream", BINARY, Data.binary()));
    all.add(rest("", BINARY, Data.binary()));
    all.add(
        new Producer(
            "REST with metadata",
            fixture ->
                fixture
                    .rest()
                    .send(
                        group(ROOM),
                        "text/plain",
                        "x".getBytes(UTF_8),
                        "x-webpubsub-metadata-k: v"),
            Data.text("x").withMetadata()));
    return all;
  }

  private static Producer raw(String what, Consumer<WireClient> send, Data data) {
    return new Producer(
        "simple client: " + what,
        fixture -> send.accept(fixture.rawSender(fixture.token().roles(RS), ROOM)),
        data);
  }

  private static Producer jsonClient(String what, String fields, String value, Data data) {
    String request = json("{'type':'sendToGroup','group':'room'," + fields + "}").formatted(value);
    return new Producer(
        "JSON client: " + what,
        fixture -> fixture.json(fixture.token().roles(RS)).send(request),
        data);
  }

  private static Producer protobufClient(String what, ProtobufBytes fields, Data data) {
    byte[] content = fields.toBytes();
    byte[] group = message().string(1, ROOM).toBytes();
    byte[] both = new byte[group.length + content.length];
    System.arraycopy(group, 0, both, 0, group.length);
    System.arraycopy(content, 0, both, group.length, content.length);
    return new Producer(
        "protobuf client: " + what,
        fixture -> fixture.protobuf(fixture.token().roles(RS)).send(message().bytes(1, both)),
        data);
  }

  private static Producer rest(String contentType, byte[] body, Data data) {
    return new Producer(
        "REST: " + (contentType.isEmpty() ? "no content type" : contentType),
        fixture -> fixture.rest().send(group(ROOM), contentType, body),
        data);
  }

  private static ProtobufBytes metadata() {
    return message().string(1, "k").string(2, "v");
  }

  enum Kind implements Receiver {
    SIMPLE {
      @Override
      public Consumer<Data> join(FakeFixture fixture) {
        WireClient wire = fixture.raw(fixture.token().groups(ROOM));
        return data -> {
          if (data.type().equals("text") || data.type().equals("json")) {
            wire.expectText(new String(data.bytes(), UTF_8));
          } else {
            wire.expectBinary(data.bytes());
          }
        };
      }
    },
    JSON {
      @Override
      public Consumer<Data> join(FakeFixture fixture) {
        WireJsonClient client = fixture.json(fixture.token().groups(ROOM));
        return data -> client.expect(jsonFrame(data, ""));
      }
    },
    JSON_RELIABLE {
      @Override
      public Consumer<Data> join(FakeFixture fixture) {
        WireJsonClient client = fixture.reliable(fixture.token().groups(ROOM));
        return data -> client.expect(jsonFrame(data, ",\"sequenceId\":1"));
      }
    },
    PROTOBUF {
      @Override
      public Consumer<Data> join(FakeFixture fixture) {
        WireProtobufClient client = fixture.protobuf(fixture.token().groups(ROOM));
        return data -> client.expect(message().message(2, protobufFields(data)));
      }
    },
    PROTOBUF_RELIABLE {
      @Override
      public Consumer<Data> join(FakeFixture fixture) {
        WireProtobufClient client = fixture.protobufReliable(fixture.token().groups(ROOM));
        return data -> client.expect(message().message(2, protobufFields(data).number(4, 1)));
      }
    }
  }

  private static String jsonFrame(Data data, String last) {
    String text = new String(data.bytes(), UTF_8);
    String value =
        switch (data.type()) {
          case "text" -> '"' + quoted(text) + '"';
          case "json" -> text;
          default -> '"' + base64(data.bytes()) + '"';
        };
    return json("{'type':'message','from':'group','group':'room','dataType':'")
        + data.type()
        + "\",\"data\":"
        + value
        + (data.metadata() ? ",\"metadata\":{\"k\":\"v\"}" : "")
        + last
        + "}";
  }

  private static ProtobufBytes protobufFields(Data data) {
    int field = List.of("text", "binary", "protobuf", "json").indexOf(data.type()) + 1;
    ProtobufBytes fields =
        message()
            .string(1, "group")
            .string(2, ROOM)
            .message(3, message().bytes(field, data.bytes()));
    return data.metadata() ? fields.message(5, metadata()) : fields;
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static Stream<Arguments> pairs() {
    return producers().stream()
        .flatMap(producer -> Stream.of(Kind.values()).map(kind -> Arguments.of(producer, kind)));
  }

  @ParameterizedTest(name = "client-protocols E.7: {0} to {1}")
  @MethodSource("pairs")
  void isConverted(Producer producer, Kind kind) {
    try (FakeFixture fixture = FakeFixture.start()) {
      Consumer<Data> receiver = kind.join(fixture);

      producer.send().accept(fixture);

      receiver.accept(producer.data());
    }
  }
}
