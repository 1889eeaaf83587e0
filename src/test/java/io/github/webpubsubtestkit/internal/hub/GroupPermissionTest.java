package io.github.webpubsubtestkit.internal.hub;

import static io.github.webpubsubtestkit.internal.hub.GroupAction.SEND_TO_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Client-protocols H.3 and rest-api 8.8: what is granted and revoked beside the roles. */
class GroupPermissionTest {

  private static GroupPermission with(String... roles) {
    return GroupPermission.of(SEND_TO_GROUP, List.of(roles));
  }

  @Test
  @DisplayName("a grant is for one name and no pattern")
  void grantIsLiteral() {
    GroupPermission permission = with();

    assertThat(permission.grant("room.*")).isTrue();

    assertThat(permission.covers("room.*")).isTrue();
    assertThat(permission.covers("room.1")).isFalse();
    assertThat(permission.covers("ROOM.*")).isFalse();
  }

  @Test
  @DisplayName("a revocation outranks the broad role, a pattern and the role of this very name")
  void revokeOutranksRoles() {
    GroupPermission permission =
        with("webpubsub.sendToGroup", "webpubsub.sendToGroup.a", "webpubsub.sendToGroups.a*");

    assertThat(permission.revoke("a")).isTrue();

    assertThat(permission.covers("a")).isFalse();
    assertThat(permission.covers("ab")).isTrue();
    assertThat(permission.grant("a")).isTrue();
    assertThat(permission.covers("a")).isTrue();
  }

  @Test
  @DisplayName("the role of one name can be revoked and granted again")
  void literalRole() {
    GroupPermission permission = with("webpubsub.sendToGroup.a");

    assertThat(permission.revoke("a")).isTrue();
    assertThat(permission.covers("a")).isFalse();
    assertThat(permission.grant("a")).isTrue();
    assertThat(permission.covers("a")).isTrue();
  }

  @Test
  @DisplayName("what changes nothing takes no room: revoking without, granting with a role")
  void noRuleWithoutEffect() {
    GroupPermission none = with();
    GroupPermission all = with("webpubsub.sendToGroup");
    for (int i = 0; i < 1_000; i++) {
      assertThat(none.revoke("g" + i)).isTrue();
      assertThat(all.grant("g" + i)).isTrue();
    }

    assertThat(none.grant("one more")).isTrue();
    assertThat(all.revoke("one more")).isTrue();
    assertThat(none.covers("one more")).isTrue();
    assertThat(all.covers("one more")).isFalse();
  }

  @Test
  @DisplayName("1,000 rules are the limit, for revocations too; one that goes makes room")
  void limit() {
    GroupPermission permission = with("webpubsub.sendToGroup");
    for (int i = 0; i < 1_000; i++) {
      assertThat(permission.revoke("g" + i)).isTrue();
    }

    assertThat(permission.revoke("one more")).isFalse();
    assertThat(permission.covers("one more")).isTrue();
    assertThat(permission.revoke("g0")).isTrue();
    assertThat(permission.grant("g0")).isTrue();
    assertThat(permission.revoke("one more")).isTrue();
  }

  @Test
  @DisplayName("roles of single names count towards the limit")
  void rolesCount() {
    List<String> roles = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      roles.add("webpubsub.sendToGroup.g" + i);
    }
    GroupPermission permission = GroupPermission.of(SEND_TO_GROUP, roles);

    assertThat(permission.grant("one more")).isFalse();
    assertThat(permission.grant("g1")).isTrue();
    assertThat(permission.revoke("g1")).isTrue();
    assertThat(permission.grant("one more")).isTrue();
  }
}
