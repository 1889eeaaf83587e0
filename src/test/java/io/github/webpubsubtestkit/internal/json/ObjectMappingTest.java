package io.github.webpubsubtestkit.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Objects in tests are JSON")
class ObjectMappingTest {

  record Bid(String item, int amount) {}

  private final ObjectMapping mapping = ObjectMapping.ofClassPath();

  @Test
  @DisplayName("if they are plain, without a mapper")
  void plain() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("text", "a \"quoted\"\nline é \u0001");
    map.put("numbers", List.of(1, 2L, 1.5, new BigDecimal("1.50"), new BigInteger("9".repeat(30))));
    map.put("flags", Arrays.asList(true, null));
    map.put("empty", List.of(Map.of(), List.of(), Set.of()));

    assertThat(PlainJson.write(map))
        .contains(
            "{\"text\":\"a \\\"quoted\\\"\\nline é \\u0001\","
                + "\"numbers\":[1,2,1.5,1.50,"
                + "9".repeat(30)
                + "],\"flags\":[true,null],\"empty\":[{},[],[]]}");
    assertThat(mapping.write(null)).isEqualTo("null");
    assertThat(mapping.write("a")).isEqualTo("\"a\"");
  }

  @Test
  @DisplayName("by Jackson, if one part of them is not plain")
  void byJackson() {
    assertThat(PlainJson.write(List.of(new Bid("x", 1)))).isEmpty();
    assertThat(PlainJson.write(Map.of(1, "a"))).isEmpty();
    assertThat(PlainJson.write(Double.NaN)).isEmpty();
    assertThat(PlainJson.write(Float.NEGATIVE_INFINITY)).isEmpty();

    assertThat(mapping.write(Map.of("bids", List.of(new Bid("x", 1)))))
        .isEqualTo("{\"bids\":[{\"item\":\"x\",\"amount\":1}]}");
    assertThat(mapping.write(Map.of(1, "a"))).isEqualTo("{\"1\":\"a\"}");
    assertThat(mapping.write(new int[] {1, 2})).isEqualTo("[1,2]");
    assertThat(mapping.write(Instant.EPOCH)).as("with its modules").isEqualTo("0.0");
    assertThat(mapping.read("{\"item\":\"x\",\"amount\":1}", Bid.class)).isEqualTo(new Bid("x", 1));
    assertThat(mapping.read("7", int.class)).isEqualTo(7);
  }

  @Test
  @DisplayName("refused with Jackson's version where it cannot write or read them")
  void failures() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mapping.write(Map.of("a", new Object())))
        .withMessageMatching(
            "(?s)Jackson 2[.][0-9.]+ cannot write this java[.]util[.].* as JSON: .*")
        .withMessageContaining("java.lang.Object")
        .withMessageEndingWith(". Give the JSON as a String instead");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mapping.read("{\"item\":1,\"weight\":2}", Bid.class))
        .withMessageMatching("(?s)Jackson 2[.][0-9.]+ cannot read this JSON as .*Bid: .*weight.*");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mapping.read("null", Bid.class))
        .withMessageEndingWith("Bid: it is JSON null");
  }

  @Test
  @DisplayName("refused where they hold themselves")
  void endless() {
    List<Object> list = new ArrayList<>();
    list.add(list);

    assertThat(PlainJson.write(list)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> mapping.write(list));
  }

  @Test
  @DisplayName("and back again, without a mapper where they are plain")
  void backAgain() throws Exception {
    assertThat((Object) mapping.read("{\"a\":[1,9000000000,1.5,true,null,\"x\"]}", Map.class))
        .isEqualTo(Map.of("a", Arrays.asList(1, 9_000_000_000L, 1.5, true, null, "x")));
    JsonTree seven = JsonTree.parse("7.0");
    assertThat(PlainValue.read(seven, Integer.class)).contains(7);
    assertThat(PlainValue.read(seven, Long.class)).contains(7L);
    assertThat(PlainValue.read(seven, Double.class)).contains(7.0);
    assertThat(PlainValue.read(seven, BigDecimal.class)).contains(new BigDecimal("7.0"));
    assertThat(PlainValue.read(seven, Number.class)).contains(7.0);
    assertThat(PlainValue.read(seven, String.class)).isEmpty();
    assertThat(PlainValue.read(JsonTree.parse("7.5"), Integer.class)).isEmpty();
    assertThat(PlainValue.read(JsonTree.parse("9".repeat(20)), Object.class))
        .contains(new BigInteger("9".repeat(20)));
    assertThat(PlainValue.read(JsonTree.parse("false"), Boolean.class)).contains(false);
  }

  @Test
  @DisplayName("all by the registered mapper, if there is one")
  void registered() {
    ObjectMapping registered = ObjectMapping.by(new Recording());

    assertThat(registered.write(List.of(1))).isEqualTo("\"written\"");
    assertThat((Object) registered.read("1", HashMap.class)).isEqualTo(Map.of("read", "1"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registered.read("1", String.class))
        .withMessage("mine cannot read this JSON as java.lang.String: java.io.IOException: no")
        .withRootCauseInstanceOf(java.io.IOException.class);
  }

  private static final class Recording implements Mapper {
    @Override
    public String name() {
      return "mine";
    }

    @Override
    public String write(Object value) {
      return "\"written\"";
    }

    @Override
    public <T> T read(String json, Class<T> type) throws Exception {
      if (type != HashMap.class) {
        throw new java.io.IOException("no");
      }
      return type.cast(new HashMap<>(Map.of("read", json)));
    }
  }

  @Test
  @DisplayName("and their numbers are compared by what they are worth")
  void trees() throws Exception {
    assertThat(JsonTree.parse("{\"a\":[1.0,true],\"b\":null}"))
        .isEqualTo(JsonTree.parse("{\"b\":null,\"a\":[1e0,true]}"))
        .hasSameHashCodeAs(JsonTree.parse("{\"b\":null,\"a\":[1e0,true]}"))
        .hasToString("{\"a\":[1.0,true],\"b\":null}");
    assertThat(JsonTree.parse("1e999999999")).isNotEqualTo(JsonTree.parse("1"));
    assertThat(JsonTree.parse("{\"a\\\"\":\"\\n\"}")).hasToString("{\"a\\\"\":\"\\n\"}");
  }
}
