package mainline

/** Texts for Slack. Pure, and without closures, so that they need no CPS. */
class SlackText implements Serializable {
  private static final long serialVersionUID = 1L

  /** The three characters that Slack's markup is made of: a branch named `<!channel>` reaches nobody. */
  static String escaped(String text) {
    return (text ?: '').replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
  }

  /** Colour of a result of Jenkins; a running build has none yet. */
  static String colour(String result) {
    switch (result) {
      case 'SUCCESS': return '#2eb886'
      case 'FAILURE': return '#a30200'
      case 'UNSTABLE': return '#daa038'
      case 'ABORTED': return '#daa038'
      default: return '#439fe0'
    }
  }

  /** At most `limit` characters, and said where it is shorter. */
  static String cut(String text, int limit) {
    return text.length() <= limit ? text : text.substring(0, limit - 2) + ' …'
  }
}
