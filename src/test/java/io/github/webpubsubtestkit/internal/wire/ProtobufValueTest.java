package io.github.webpubsubtestkit.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A protobuf message that a test compares with what came")
class ProtobufValueTest {

  private static final StringValue HI = StringValue.of("hi");

  /** Of another type, with the same bytes. */
  private static final BytesValue HI_AS_BYTES = BytesValue.of(ByteString.copyFromUtf8("hi"));

  private final ProtobufValue message = ProtobufValue.of(HI);
  private final ProtobufValue any = ProtobufValue.of(Any.pack(HI, "other.host"));

  private static byte[] packed(Message message) {
    return Any.pack(message).toByteArray();
  }

  @Test
  @DisplayName("is the same if type and value are, whatever stands before the type's name")
  void isSame() {
    assertThat(message.any()).isEqualTo(packed(HI));
    assertThat(message.isSameAs(packed(HI))).isTrue();
    assertThat(message.isSameAs(any.any())).isTrue();
    assertThat(any.isSameAs(packed(HI))).isTrue();
  }

  @Test
  @DisplayName("is another one if only the bytes or only the type is the same")
  void isAnother() {
    for (ProtobufValue value : new ProtobufValue[] {message, any}) {
      assertThat(value.isSameAs(packed(StringValue.of("ho")))).isFalse();
      assertThat(value.isSameAs(packed(HI_AS_BYTES))).isFalse();
      assertThat(value.isSameAs(new byte[] {10})).isFalse();
    }
  }

  @Test
  @DisplayName("shows its fields; as an Any, or of another type than expected, its bytes")
  void shows() {
    String bytes = "{ \\n\\002hi }";

    assertThat(message.text()).isEqualTo("google.protobuf.StringValue { value: \"hi\" }");
    assertThat(any.text()).isEqualTo("other.host/google.protobuf.StringValue " + bytes);
    assertThat(message.textOf(any.any()))
        .isEqualTo("google.protobuf.StringValue { value: \"hi\" }");
    assertThat(message.textOf(packed(HI_AS_BYTES)))
        .isEqualTo("type.googleapis.com/google.protobuf.BytesValue " + bytes);
    assertThat(message.textOf(packed(StringValue.of(""))))
        .isEqualTo("google.protobuf.StringValue { }");
    assertThat(message.textOf(new byte[] {10})).isEqualTo("what is no message of its type");
  }

  @Test
  @DisplayName("is unpacked as its own type, or as an Any")
  void unpacks() {
    assertThat(ProtobufValue.unpack(packed(HI), StringValue.class)).contains(HI);
    assertThat(ProtobufValue.unpack(packed(HI), Any.class)).contains(Any.pack(HI));
    assertThat(ProtobufValue.unpack(packed(HI), BytesValue.class)).isEmpty();
    assertThat(ProtobufValue.unpack(new byte[] {10}, StringValue.class)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtobufValue.unpack(packed(HI), String.class))
        .withMessageContaining("java.lang.String does not");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProtobufValue.of("hi"))
        .withMessageEndingWith("is a java.lang.String");
  }

  @Test
  @DisplayName("is looked into without its class, past fields that are not known")
  void looks() {
    byte[] bytes = HexFormat.of().parseHex("980601" + "0a03742f78" + "980601" + "12020801");

    assertThat(ProtobufValue.look(bytes))
        .hasValueSatisfying(
            packed -> {
              assertThat(packed.typeUrl()).isEqualTo("t/x");
              assertThat(packed.value()).containsExactly(8, 1);
            });
    assertThat(ProtobufValue.look(new byte[] {10})).isEmpty();
  }
}
