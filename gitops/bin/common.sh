# Shared by bump-image and promote: what they check, and how a change reaches the branch of a configuration repository. Sourced, not run;
# who sources it sets $repository and $notes.
# shellcheck disable=SC2154
#
# Works in a clone of its own, made anew and thrown away: nothing that lies about in a workspace gets into a commit. A change is a function of
# the branch's head, so when somebody else was faster it is made once more on top of theirs; there is no merge that could conflict.

fail() { # message
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

misused() { # message
  printf '%s: %s\n%s --help shows an example.\n' "${0##*/}" "$1" "${0##*/}" >&2
  exit 64
}

is_name() { [[ $1 =~ ^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$ ]]; }
# The same as image.tag and image.digest in gitops/charts/service/values.schema.json.
is_tag() { [[ $1 =~ ^([A-Za-z][A-Za-z_.-]*)?[0-9][A-Za-z0-9_.-]*$ && ${#1} -le 127 ]]; }
is_digest() { [[ $1 =~ ^sha256:[0-9a-f]{64}$ ]]; }

need_tools() {
  local said
  command -v git >/dev/null || fail "git is missing. Install it."
  YQ=${YQ:-yq}
  # Another program is also called yq (Debian's, a wrapper of jq); it drops comments.
  said=$("$YQ" --version 2>&1) || true
  [[ $said == *mikefarah* ]] ||
    fail "yq 4 of Mike Farah is missing ($said). Get it from https://github.com/mikefarah/yq, or say where it is with YQ=/path/to/yq."
}

# The bot: whose name stands in the history. A token comes by the environment and is given to git on request; it is in no URL, file or argument.
identify() {
  export GIT_AUTHOR_NAME=${BOT_NAME:-delivery-bot} GIT_AUTHOR_EMAIL=${BOT_EMAIL:-delivery-bot@example.com}
  export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL GIT_TERMINAL_PROMPT=0
  [ -n "${CONFIG_TOKEN:-}" ] || return 0
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=credential.helper
  # shellcheck disable=SC2016 # git's shell expands it
  export GIT_CONFIG_VALUE_0='!f() { test "$1" = get && printf "username=x-access-token\npassword=%s\n" "$CONFIG_TOKEN"; }; f'
}

clone() { # repository, branch; sets $work
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  git clone --quiet --depth 1 --single-branch --branch "$2" -- "$1" "$work" || fail "cannot clone branch $2 of $1; nothing was changed."
}

environments() { # prints the order, one per line
  [ -f "$work/promotion.yaml" ] || fail "$repository has no promotion.yaml, which names the environments in their order."
  "$YQ" '.environments[]' "$work/promotion.yaml"
}

image_file() { # service, environment; prints its path
  printf 'services/%s/image-%s.yaml' "$1" "$2"
}

has_image() { # service, environment
  [ -f "$work/$(image_file "$1" "$2")" ] ||
    fail "$repository has no $(image_file "$1" "$2"). Services there: $(cd "$work/services" && echo *)"
}

image_of() { # service, environment; prints tag and digest, - where there is none
  "$YQ" '[.image.tag // "-", .image.digest // "-"] | join(" ")' "$work/$(image_file "$1" "$2")"
}

# A file of its own: no edit of a person ever conflicts with the bot's. Without a digest the old one goes: it would still be the old image.
write_image() { # service, environment, tag, digest or -
  TAG=$3 DIGEST=$4 "$YQ" --inplace '
    .image.tag = strenv(TAG) | .image.tag style="double" |
    with(select(strenv(DIGEST) != "-"); .image.digest = strenv(DIGEST)) |
    with(select(strenv(DIGEST) == "-"); del(.image.digest))
  ' "$work/$(image_file "$1" "$2")"
}

unchanged() { git -C "$work" diff --quiet; }

commit() { # subject; notes as trailers from $notes
  git -C "$work" commit --quiet --all --message "$1" ${notes[@]+"${notes[@]/#/--trailer=}"}
}

# Puts the change on the branch, five times at most.
push_change() { # branch, function that makes the change and commits it; it may find that there is nothing left to do
  local try
  for try in 1 2 3 4 5; do
    "$2"
    [ "$(git -C "$work" rev-parse HEAD)" = "$(git -C "$work" rev-parse "origin/$1")" ] && return 0
    git -C "$work" push --quiet origin "HEAD:refs/heads/$1" 2>"$work/.git/refused" && return 0
    # Only a branch that moved is tried again; rules and rights are told as they are.
    grep -Eq 'fetch first|non-fast-forward|cannot lock ref|failed to update ref' "$work/.git/refused" || break
    printf '%s: %s moved on; once more on top of it (%s of 5)\n' "${0##*/}" "$1" "$try" >&2
    git -C "$work" fetch --quiet --depth 1 origin "$1"
    git -C "$work" reset --quiet --hard "origin/$1"
  done
  fail "$repository refused the push to $1, nothing was changed there: $(cat "$work/.git/refused")"
}
